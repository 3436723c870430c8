import type pg from 'pg';
import type { Written } from '../application/ports.js';
import { isAdvice } from './advice-sql.js';
import { AS_OURSELVES, AS_THE_APP, settled } from './foreign-code.js';
import { IBSAFE } from './ibsafe-names.js';
import { INTERVENTION_COLUMNS } from './intervention-rows.js';
import { typedRows } from './intervention-types.js';
import { takeBack } from './row-faults.js';
import { standingAsSent, type Fields } from './standing-rows.js';

/** A unique key that is taken. */
export const UNIQUE = '23505';
const TRIGGERED_CHANGE = '27000';

/** What the row that was there keeps: the key that both have, and the id by which others may know it. */
const KEPT: ReadonlySet<string> = new Set(['id', 'user_id', 'gubun', 'record_date']);
const WAS_ADVICE = isAdvice('there');
const REPLACED = INTERVENTION_COLUMNS.filter((column) => !KEPT.has(column)).map((column) => {
  // Advice that is written anew was first given then; where only an error stood none was given before this.
  return column === 'created_at'
    ? `created_at = case when ${WAS_ADVICE} then there.created_at else excluded.created_at end`
    : `${column} = excluded.${column}`;
});
const TAKE_PLACE = `on conflict (user_id, record_date, gubun) do update set ${REPLACED.join(', ')}`;
const [USER, GUBUN, DATE] = (['user_id', 'gubun', 'record_date'] as const).map((column) => INTERVENTION_COLUMNS.indexOf(column)) as [
  number,
  number,
  number,
];
const ADVISED = `select user_id::int4 as user_id from ${IBSAFE.interventions} i
  where user_id = any($1::int[]) and gubun = $2 and record_date = $3 and ${isAdvice('i')}`;

/** Rows of one statement, which takes 65,535 parameters. */
const MAX_ROWS = Math.floor(65_535 / INTERVENTION_COLUMNS.length);

/** Inserts so many rows; advice that is there is left, or with `replace` written over. */
function insertOf(rows: number, replace: boolean): string {
  return `insert into ${IBSAFE.interventions} as there (${INTERVENTION_COLUMNS.join(', ')}) overriding system value
    values ${typedRows(rows)} ${TAKE_PLACE}${replace ? '' : ` where not ${WAS_ADVICE}`} returning user_id::int4 as "user", id::float8 as id, gubun::text as gubun, record_date::date - '2000-01-01'::date as day`;
}

/**
 * Writes interventions where rows may be there already: all in one statement, and one by one where one of them cannot be written, so that each gets its own
 * answer.
 */
export class InterventionUpsert {
  /** @param freeId an id that the table does not have @param areChanged whether a trigger may change a row or take it away */
  constructor(
    private readonly client: pg.ClientBase,
    private readonly freeId: () => Promise<number>,
    private readonly areChanged: () => boolean,
  ) {}

  /** @param rows of one day and program, each of another user */
  async write(rows: readonly Fields[], replace: boolean): Promise<Written[]> {
    const written: Written[] = [];
    for (let from = 0; from < rows.length; from += MAX_ROWS) {
      const some = rows.slice(from, from + MAX_ROWS);
      written.push(...((await this.together(some, replace)) ?? (await this.oneByOne(some, replace))));
    }
    return written;
  }

  /** @returns undefined when something is wrong with one of the rows: then none is written */
  private async together(rows: readonly Fields[], replace: boolean): Promise<Written[] | undefined> {
    await this.client.query(`savepoint together; set constraints all immediate; ${AS_THE_APP}`);
    try {
      const written = await this.store({ text: insertOf(rows.length, replace), values: rows.flat() }, rows, replace);
      await this.client.query(`release savepoint together; ${AS_OURSELVES}`);
      return written;
    } catch (error) {
      await takeBack(this.client, 'together', error);
      return undefined;
    }
  }

  private async oneByOne(rows: readonly Fields[], replace: boolean): Promise<Written[]> {
    const query = { name: `insert-${replace}`, text: insertOf(1, replace) };
    const written: Written[] = [];
    await this.client.query('set constraints all immediate');
    for (const fields of rows) written.push(await this.insert(query, fields, replace));
    await this.client.query(AS_OURSELVES);
    return written;
  }

  private async insert(query: pg.QueryConfig, fields: Fields, replace: boolean): Promise<Written> {
    const first = await this.tryInsert(query, fields, replace);
    if (first !== UNIQUE) return first;
    // The row's own key asks for no error, so its id was taken; or the table has a unique key that we know nothing of.
    const again = await this.tryInsert(query, [int8(await this.freeId()), ...fields.slice(1)], replace);
    return again === UNIQUE ? { status: 'unwritable' } : again;
  }

  private async tryInsert(query: pg.QueryConfig, fields: Fields, replace: boolean): Promise<Written | typeof UNIQUE> {
    await this.client.query(`savepoint row; ${AS_THE_APP}`); // each anew: what was settled after the row before is ours
    try {
      const [written] = await this.store({ ...query, values: [...fields] }, [fields], replace);
      await this.client.query('release savepoint row');
      return written ?? { status: 'unwritable' };
    } catch (error) {
      await takeBack(this.client, 'row', error);
      return (error as { code?: unknown }).code === UNIQUE ? UNIQUE : { status: 'unwritable' };
    }
  }

  /** Sends an insert. @returns what became of each of its rows */
  private async store(insert: pg.QueryConfig, rows: readonly Fields[], replace: boolean): Promise<Written[]> {
    const { rows: stored } = await this.client.query<StoredKey>(insert);
    if (this.areChanged()) await this.client.query(settled(this.client, true));
    if (areMoved(stored, rows)) throw new ChangedRow();
    const ids = this.areChanged() ? await this.standing(stored, rows) : new Map(stored.map(({ user, id }) => [user, id]));
    const left = rows.filter((fields) => !ids.has(userOf(fields)));
    // Nothing was in the way of a row that is not there, or nothing may be: a trigger kept it away.
    const advised = replace ? new Set<number>() : await this.advised(left);
    return rows.map((fields) => {
      const interventionId = ids.get(userOf(fields));
      if (interventionId !== undefined) return { status: 'written', interventionId };
      return { status: advised.has(userOf(fields)) ? 'exists' : 'unwritable' };
    });
  }

  /** The ids of the rows that were stored: each has to stand as it was sent, or what was there before it stays. @throws ChangedRow */
  private async standing(stored: readonly StoredKey[], rows: readonly Fields[]): Promise<ReadonlyMap<number, number>> {
    const users = new Set(stored.map(({ user }) => user));
    const ids = await standingAsSent(
      this.client,
      rows.filter((fields) => users.has(userOf(fields))),
    );
    if (ids.size < users.size) throw new ChangedRow();
    return ids;
  }

  /** Those users of the rows who have advice. */
  private async advised(rows: readonly Fields[]): Promise<ReadonlySet<number>> {
    const [first] = rows;
    if (first === undefined) return new Set();
    const { rows: found } = await this.client.query<{ user_id: number }>(ADVISED, [rows.map(userOf), first[GUBUN], first[DATE]]);
    return new Set(found.map(({ user_id }) => user_id));
  }
}

/** By what a row is known: its id, and its key. Its record date in days since 2000-01-01, as the binary format counts them. */
export interface StoredKey {
  readonly id: number;
  readonly user: number;
  readonly gubun: string;
  readonly day: number;
}

/** What a row is known by as it was sent. */
export function keyOf(fields: Fields): StoredKey {
  const [id, day, gubun] = [fields[0] as Buffer, fields[DATE] as Buffer, fields[GUBUN] as Buffer];
  return { id: Number(id.readBigInt64BE()), user: userOf(fields), gubun: gubun.toString(), day: day.readInt32BE() };
}

/** A trigger of the app gave a row the key of another, took it away, or made it say something else: its user would not be shown what was advised. */
class ChangedRow extends Error {
  readonly code = TRIGGERED_CHANGE;
}

/** Whether a row stands under another key than it was sent with. All that are sent have one day and program. */
function areMoved(stored: readonly StoredKey[], rows: readonly Fields[]): boolean {
  const sent = new Set(rows.map(userOf));
  const { day, gubun } = keyOf(rows[0] as Fields);
  return stored.some((each) => each.day !== day || each.gubun !== gubun || !sent.delete(each.user));
}

function userOf(fields: Fields): number {
  return (fields[USER] as Buffer).readInt32BE();
}

function int8(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return bytes;
}
