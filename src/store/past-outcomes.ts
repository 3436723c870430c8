import type pg from 'pg';
import type { LateComers, PastOutcomes, RunPlace } from '../application/ports.js';
import type { LocalDate } from '../domain/local-date.js';
import { typesOfOutcomes } from '../domain/outcome.js';
import type { Program } from '../domain/program.js';
import type { LetGoMonth } from '../domain/retention/retention.js';
import type { RetrySelection } from '../domain/run/run-events.js';
import { IBSAFE } from '../records/ibsafe-names.js';
import { letGoMonths } from './let-go-months.js';
import { lateComersQuery } from './late-comers-query.js';

const SELECTED = `from batch.event e join ${IBSAFE.users} a on a.id = e.user_id and a.is_active and not a.is_staff
  where e.run_month = $1::date and e.run_id = $2::uuid and e.user_id is not null and e.type = any($3::text[])
    and ($4::text[] is null or e.data->>'code' = any($4::text[]) or e.data->'reasons' ?| $4::text[])
    and ($5::int[] is null or e.user_id = any($5::int[]))`;

/** Outcomes of the past on PostgreSQL. */
export class PostgresPastOutcomes implements PastOutcomes {
  constructor(private readonly db: Pick<pg.Pool, 'query'>) {}

  async letGo(month: LocalDate): Promise<LetGoMonth | undefined> {
    return (await letGoMonths(this.db)).find((each) => each.month === month);
  }

  async usersOf(run: RunPlace, selection: RetrySelection, among?: readonly number[]): Promise<number[]> {
    const text = `select e.user_id ${SELECTED} order by e.user_id`;
    const { rows } = await this.db.query<[number]>({ text, values: valuesOf(run, selection, among), rowMode: 'array' });
    return rows.map(([id]) => id);
  }

  async hasAny(run: RunPlace, selection: RetrySelection, among?: readonly number[]): Promise<boolean> {
    const { rowCount } = await this.db.query(`select 1 ${SELECTED} limit 1`, valuesOf(run, selection, among));
    return rowCount === 1;
  }

  async lateComers(program: Program, recordDate: LocalDate, most: number): Promise<LateComers | undefined> {
    const values = [program.name, recordDate, program.gubun, program.requires.filter((reason) => reason.startsWith('MISSING_')), most];
    const { rows } = await this.db.query<{ parent: string; offers: number; users: number[] }>(lateComersQuery(program), values);
    const [row] = rows;
    return row && { parentRunId: row.parent, offers: row.offers, userIds: row.users };
  }
}

function valuesOf({ runId, month }: RunPlace, { outcomes, reasons }: RetrySelection, among?: readonly number[]): unknown[] {
  return [month, runId, typesOfOutcomes(outcomes), reasons ?? null, among ?? null];
}
