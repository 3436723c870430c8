import type { PatientsDatabase } from './patients-database.js';

/** What nobody writes by chance, in the letters that a log could escape and in those that it cannot. */
export const CANARIES = ['CANARY-7F3A', '카나리아새'] as const;

const MARK = `'${CANARIES.join(' ')} '`;

/** Puts the canaries wherever IBSafe keeps something about a person or what they eat. Accounts stay apart by their ids. */
export async function plantCanaries(database: PatientsDatabase): Promise<void> {
  await database.rows(
    `update auth_user set username = ${MARK} || id, first_name = ${MARK}, last_name = ${MARK}, email = ${MARK} || '@example.invalid'`,
  );
  await database.rows(`update ibsafe_userprofile set food_preference = ${MARK}, phone_number = '${CANARIES[0]}', profile_image = ${MARK}`);
  await database.rows(`update ibsafe_food set food_name = ${MARK} || food_name, fodmap_basis = ${MARK}`);
  await database.rows(`update ibsafe_foodcategory set main_category_name = ${MARK}`);
}

/** Whether a text holds a canary, plain or as JSON escapes it. */
export function holdsCanary(text: string): boolean {
  return CANARIES.some((canary) => text.includes(canary) || text.toLowerCase().includes(escaped(canary)));
}

function escaped(text: string): string {
  return Array.from(text, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
}

/** The tables of a schema that hold a canary anywhere in a row, whatever the column. */
export async function tablesWithCanary(database: PatientsDatabase, schema: string): Promise<string[]> {
  const tables = await database.column<string>(
    `select format('%I.%I', schemaname, tablename) from pg_tables where schemaname = $1 order by 1`,
    [schema],
  );
  const found: string[] = [];
  for (const table of tables) {
    const rows = await database.column<string>(`select t::text from ${table} t`);
    if (rows.some(holdsCanary)) found.push(table);
  }
  return found;
}

/** How often an error of those below was raised: a sequence counts on when what it was raised in is rolled back. */
export async function quotes(database: PatientsDatabase): Promise<number> {
  await database.rows(COUNTED);
  return (await database.column<number>('select (last_value - (not is_called)::int)::int from public.quoted'))[0] ?? 0;
}

const COUNTED = 'create sequence if not exists public.quoted';

/** PostgreSQL's code of an error within it, which is no row's. */
export const BROKEN = 'XX000';

/** An error that is nobody's row's, and quotes one all the same; and its end. */
export const BREAK_WRITES = `${COUNTED}; create or replace function quote_row() returns trigger language plpgsql as $$
    begin perform nextval('public.quoted'); raise exception 'the row is %', new using detail = new::text, errcode = '${BROKEN}'; end $$;
  create trigger quoting before insert on ibsafe_interventionrecord for each row execute function quote_row()`;
export const MEND_WRITES = 'drop trigger quoting on ibsafe_interventionrecord';

/** PostgreSQL says in its errors what the row holds: `Failing row contains (…)`. */
export const REFUSE_ROWS = `${COUNTED}; create or replace function refuse_row() returns boolean language plpgsql as $$
    begin perform nextval('public.quoted'); return false; end $$;
  alter table ibsafe_interventionrecord add constraint no_goal check (refuse_row()) not valid`;
export const TAKE_ROWS = 'alter table ibsafe_interventionrecord drop constraint no_goal';

/** An error in answering a query, with a name in it. */
export const BREAK_READS = `${COUNTED}; create or replace function quote_name(id bigint) returns boolean language plpgsql as $$
    begin perform nextval('public.quoted'); raise exception 'the name is ${CANARIES.join(' ')}' using hint = '${CANARIES[0]}'; end $$;
  alter table ibsafe_interventionrecord rename to hidden;
  create view ibsafe_interventionrecord as select * from hidden where quote_name(id)`;
export const MEND_READS = 'drop view ibsafe_interventionrecord; alter table hidden rename to ibsafe_interventionrecord';
