import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { InterventionBatch, InterventionWriter, Written } from '../application/ports.js';
import { isAdvice } from './advice-sql.js';
import { INTERVENTION_COLUMNS, type InterventionRows } from './intervention-rows.js';

const COPY = `copy ibsafe_interventionrecord (${INTERVENTION_COLUMNS.join(', ')}) from stdin (format binary)`;
// The sequence is named once: looked up for each id, it cost more than the ids. They come as one text, not as a row each.
const IDS = `select array_agg(nextval(sequence))::text from (select pg_get_serial_sequence('ibsafe_interventionrecord', 'id')::regclass as sequence offset 0) s,
  generate_series(1, $1)`;
const INSERT = `insert into ibsafe_interventionrecord as there (${INTERVENTION_COLUMNS.join(', ')})
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

/**
 * Writes interventions with COPY, ids taken from the table's sequence first. COPY knows no ON CONFLICT, so when a row meets one that is there (which the
 * app wrote meanwhile, or an error without advice, see `isAdvice`), or cannot be written at all, the chunk is written row by row and each row gets its own
 * answer. A row takes the whole place of another: every column but its key and id.
 */
export class PostgresInterventionWriter implements InterventionWriter {
  constructor(private readonly client: pg.ClientBase) {}

  async write(batch: InterventionBatch, replace: boolean): Promise<readonly Written[]> {
    const { rows } = batch as InterventionRows;
    if (rows.count === 0) return [];
    const ids = await this.takeIds(rows.count);
    ids.forEach((id, row) => rows.setId(row, id));
    if (!replace && (await this.copy(rows.content))) return ids.map((interventionId) => ({ status: 'written', interventionId }));
    return this.oneByOne(ids.map((_, row) => rows.fields(row)), replace); // prettier-ignore
  }

  private async takeIds(count: number): Promise<number[]> {
    const { rows } = await this.client.query<[string]>({ name: 'take-ids', text: IDS, values: [count], rowMode: 'array' });
    const [text] = rows[0] as [string];
    return text.slice(1, -1).split(',').map(Number);
  }

  private async copy(bytes: Buffer): Promise<boolean> {
    await this.client.query('savepoint copying');
    try {
      await this.send(bytes);
      // Foreign keys of IBSafe are checked at commit unless told otherwise, which is too late to know whose row it was.
      await this.client.query('set constraints all immediate');
      return true;
    } catch (error) {
      if (!isAboutRows(error)) throw error;
      await this.client.query('rollback to savepoint copying');
      return false;
    }
  }

  private send(bytes: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      const copying = this.client.query(copyFrom(COPY));
      // Not once: given up for want of an answer it fails again when its connection is cut, and an error nobody listens to ends the process.
      copying.on('error', reject).once('finish', () => resolve());
      copying.end(bytes);
    });
  }

  private async oneByOne(rows: readonly (Buffer | null)[][], replace: boolean): Promise<Written[]> {
    const action = replace ? TAKE_PLACE : `${TAKE_PLACE} where not ${WAS_ADVICE}`;
    const written: Written[] = [];
    await this.client.query('set constraints all immediate');
    for (const values of rows)
      written.push(await this.insert({ name: `insert-${replace}`, text: `${INSERT} ${action} returning id`, values }));
    return written;
  }

  private async insert(query: pg.QueryConfig): Promise<Written> {
    await this.client.query('savepoint row');
    try {
      const { rows } = await this.client.query<{ id: string }>(query);
      await this.client.query('release savepoint row');
      return rows[0] === undefined ? { status: 'exists' } : { status: 'written', interventionId: Number(rows[0].id) };
    } catch (error) {
      if (!isAboutRows(error)) throw error;
      await this.client.query('rollback to savepoint row');
      return { status: 'unwritable' };
    }
  }
}

/** Whether the fault lies in a row (data exception, violated constraint, too large) and not in the connection or the server. */
function isAboutRows(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && (/^(22|23)...$/.test(code) || code === '54000');
}
