import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { InterventionBatch, InterventionWriter, Written } from '../application/ports.js';
import { isAdvice } from './advice-sql.js';
import type { BinaryRows } from './binary-rows.js';
import { IBSAFE } from './ibsafe-names.js';
import { InterventionIds } from './intervention-ids.js';
import { INTERVENTION_COLUMNS, type InterventionRows } from './intervention-rows.js';

const COPY = `copy ${IBSAFE.interventions} (${INTERVENTION_COLUMNS.join(', ')}) from stdin (format binary)`;
const INSERT = `insert into ${IBSAFE.interventions} as there (${INTERVENTION_COLUMNS.join(', ')})
  values (${INTERVENTION_COLUMNS.map((_, at) => `$${at + 1}`).join(', ')}) on conflict (user_id, record_date, gubun)`;
/** What the row that was there keeps: the key that both have, and the id by which others may know it. */
const KEPT: ReadonlySet<string> = new Set(['id', 'user_id', 'gubun', 'record_date']);
const WAS_ADVICE = isAdvice('there');
const REPLACED = INTERVENTION_COLUMNS.filter((column) => !KEPT.has(column)).map((column) => {
  // Advice that is written anew was first given then; where only an error stood none was given before this.
  return column === 'created_at'
    ? `created_at = case when ${WAS_ADVICE} then there.created_at else excluded.created_at end`
    : `${column} = excluded.${column}`;
});
const TAKE_PLACE = `do update set ${REPLACED.join(', ')}`;
const [USER, GUBUN, DATE] = (['user_id', 'gubun', 'record_date'] as const).map((column) => INTERVENTION_COLUMNS.indexOf(column)) as [
  number,
  number,
  number,
];
const THERE = `select 1 from ${IBSAFE.interventions} i where user_id = $1 and gubun = $2 and record_date = $3 and ${isAdvice('i')}`;

/** A trigger that IBSafe's operators put on the table may count on the search path of its app; our own statements need none. */
const AS_THE_APP = 'set local search_path = public';
const AS_OURSELVES = "set local search_path = ''";

const UNIQUE = '23505';
/** Tries to copy while others, too, write rows with ids of their own. */
const MOST_COPIES = 3;

/** How rows are inserted one by one: advice that is there is left, or replaced. */
interface Insert {
  readonly name: string;
  readonly text: string;
  readonly replace: boolean;
}

/**
 * Writes interventions with COPY, ids taken from the table's sequence first. COPY knows no ON CONFLICT, so when a row meets one that is there (which the
 * app wrote meanwhile, or an error without advice, see `isAdvice`), or cannot be written at all, the chunk is written row by row and each row gets its own
 * answer. A row takes the whole place of another: every column but its key and id. Ids that the table has already are no fault of a row: others are taken.
 */
export class PostgresInterventionWriter implements InterventionWriter {
  private readonly ids: InterventionIds;

  /** @param onBehind told when the sequence was found behind its table, and has been moved on */
  constructor(
    private readonly client: pg.ClientBase,
    private readonly onBehind: () => void = () => undefined,
  ) {
    this.ids = new InterventionIds(client);
  }

  async write(batch: InterventionBatch, replace: boolean): Promise<readonly Written[]> {
    const { rows } = batch as InterventionRows;
    if (rows.count === 0) return [];
    const ids = number(rows, await this.ids.take(rows.count));
    const copied = replace ? undefined : await this.copyNumbered(rows, ids);
    if (copied !== undefined) return copied.map((interventionId) => ({ status: 'written', interventionId }));
    return this.oneByOne(ids.map((_, row) => rows.fields(row)), replace); // prettier-ignore
  }

  /** @returns the ids under which every row is there; undefined when something else than ids is in the way */
  private async copyNumbered(rows: BinaryRows, first: number[]): Promise<number[] | undefined> {
    let ids = first;
    for (let copies = 1; ; copies += 1) {
      const fault = await this.copy(rows);
      if (fault === undefined) return ids;
      if (fault !== UNIQUE || copies === MOST_COPIES || !(await this.ids.anyTaken(ids))) return undefined;
      ids = number(rows, await this.freeIds(rows.count));
    }
  }

  private async freeIds(count: number): Promise<number[]> {
    const ids = await this.ids.takeFree(count);
    this.onBehind();
    return ids;
  }

  /** @returns undefined when every row is there, else why they are not: a code of PostgreSQL's */
  private async copy(rows: BinaryRows): Promise<string | undefined> {
    await this.client.query(`savepoint copying; ${AS_THE_APP}`);
    let fault = 'a trigger kept rows away';
    try {
      const written = await this.send(rows.content);
      // Foreign keys of IBSafe are checked at commit unless told otherwise, which is too late to know whose row it was.
      await this.client.query(`set constraints all immediate; ${AS_OURSELVES}`);
      if (written === rows.count) return undefined;
    } catch (error) {
      if (!isAboutRows(error)) throw error;
      fault = String((error as { code?: unknown }).code);
    }
    await this.client.query('rollback to savepoint copying');
    return fault;
  }

  /** @returns how many rows PostgreSQL says it has stored */
  private send(bytes: Buffer): Promise<number> {
    return new Promise((resolve, reject) => {
      const copying = this.client.query(copyFrom(COPY));
      // Not once: given up for want of an answer it fails again when its connection is cut, and an error nobody listens to ends the process.
      copying.on('error', reject).once('finish', () => resolve(copying.rowCount));
      copying.end(bytes);
    });
  }

  private async oneByOne(rows: readonly (Buffer | null)[][], replace: boolean): Promise<Written[]> {
    const action = replace ? TAKE_PLACE : `${TAKE_PLACE} where not ${WAS_ADVICE}`;
    const query = { name: `insert-${replace}`, text: `${INSERT} ${action} returning id`, replace };
    const written: Written[] = [];
    await this.client.query(`set constraints all immediate; ${AS_THE_APP}`);
    for (const values of rows) written.push(await this.insert(query, values));
    await this.client.query(AS_OURSELVES);
    return written;
  }

  private async insert(query: Insert, values: (Buffer | null)[]): Promise<Written> {
    const first = await this.tryInsert(query, values);
    if (first !== UNIQUE) return first;
    // The row's own key asks for no error, so its id was taken; or the table has a unique key that we know nothing of.
    const [id = 0] = await this.freeIds(1);
    const again = await this.tryInsert(query, [int8(id), ...values.slice(1)]);
    return again === UNIQUE ? { status: 'unwritable' } : again;
  }

  private async tryInsert({ name, text, replace }: Insert, values: (Buffer | null)[]): Promise<Written | typeof UNIQUE> {
    await this.client.query('savepoint row');
    try {
      const { rows } = await this.client.query<{ id: string }>({ name, text, values });
      await this.client.query('release savepoint row');
      if (rows[0] !== undefined) return { status: 'written', interventionId: Number(rows[0].id) };
      // Nothing was in the way, or nothing may be: a trigger kept the row away.
      if (replace || (await this.client.query(THERE, [values[USER], values[GUBUN], values[DATE]])).rowCount === 0)
        return { status: 'unwritable' };
      return { status: 'exists' };
    } catch (error) {
      if (!isAboutRows(error)) throw error;
      await this.client.query('rollback to savepoint row');
      return (error as { code?: unknown }).code === UNIQUE ? UNIQUE : { status: 'unwritable' };
    }
  }
}

function number(rows: BinaryRows, ids: number[]): number[] {
  ids.forEach((id, row) => rows.setId(row, id));
  return ids;
}

function int8(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return bytes;
}

/** Whether the fault lies in a row (data exception, violated constraint, too large) and not in the connection or the server. */
function isAboutRows(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && (/^(22|23)...$/.test(code) || code === '54000');
}
