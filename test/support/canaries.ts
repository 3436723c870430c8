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
