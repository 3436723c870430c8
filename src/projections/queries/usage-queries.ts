import { sql } from 'kysely';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { FallbackReason, GeneratorName } from '../../domain/outcome.js';

/** What users of one kind took. Micros are millionths of a US$. */
export interface UsageShareRow {
  readonly runId: string;
  /** Null for users whose generation failed. */
  readonly generator: GeneratorName | null;
  readonly fallbackReason: FallbackReason | null;
  readonly users: number;
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly costMicros: number;
}

/** A run and the month that leads to its events. */
export interface UsedRun {
  readonly runId: string;
  readonly month: string;
}

// float8 holds whole numbers up to 2^53 exactly, and arrives as a number where bigint arrives as text.
const SHARES = sql`data->>'generator' as generator, data->>'fallbackReason' as "fallbackReason", count(*)::int as users,
  sum((data->>'tokensIn')::float8) as "tokensIn", sum((data->>'tokensOut')::float8) as "tokensOut", sum((data->>'costMicros')::float8) as "costMicros"`;

/** What outcomes took of a language model, straight from the log: an index holds those that took anything. */
export class UsageQueries {
  constructor(private readonly em: EntityManager) {}

  /** The shares of each run, in the order of `runs` and in one statement; none for a run that no model worked on. */
  async ofRuns(runs: readonly UsedRun[]): Promise<UsageShareRow[][]> {
    const [ids, months] = [runs.map(({ runId }) => runId), runs.map(({ month }) => month)];
    const { rows } = await sql<UsageShareRow>`
      select e.run_id as "runId", ${SHARES}
      from unnest(${ids}::uuid[], ${months}::date[]) as r (run_id, run_month) join batch.event e on e.run_month = r.run_month and e.run_id = r.run_id
      where data ? 'tokensIn' group by e.run_id, 2, 3 order by users desc`.execute(this.em.getKysely());
    return runs.map(({ runId }) => rows.filter((row) => row.runId === runId));
  }

  /** The shares of all runs that were requested in a month, given by its first day; `runId` is empty. */
  async ofMonth(month: string): Promise<UsageShareRow[]> {
    const { rows } = await sql<UsageShareRow>`
      select '' as "runId", ${SHARES} from batch.event where run_month = ${month}::date and data ? 'tokensIn'
      group by 2, 3 order by users desc`.execute(this.em.getKysely());
    return rows;
  }
}
