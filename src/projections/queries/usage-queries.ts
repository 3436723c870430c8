import { sql } from 'kysely';
import type { EntityManager } from '@mikro-orm/postgresql';
import { BELIEVED } from '../../store/postgres-forecasts.js';
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
  readonly tokensCached: number;
  readonly costMicros: number;
  /** Of the users, those whose figures are estimates, or are left out since they cannot be believed. */
  readonly usersEstimated: number;
}

/** A run and the month that leads to its events. */
export interface UsedRun {
  readonly runId: string;
  readonly month: string;
}

// Users whose figures cannot be believed took something all the same: they count, with nothing.
const SHARES = sql`data->>'generator' as generator, data->>'fallbackReason' as "fallbackReason", count(*)::int as users,
  coalesce(sum(${sql.raw(BELIEVED.tokensIn)}), 0) as "tokensIn", coalesce(sum(${sql.raw(BELIEVED.tokensOut)}), 0) as "tokensOut",
  coalesce(sum(${sql.raw(BELIEVED.tokensCached)}), 0) as "tokensCached",
  coalesce(sum(${sql.raw(BELIEVED.costMicros)}), 0) as "costMicros",
  count(*) filter (where data ? 'estimatedCalls' or ${sql.raw(BELIEVED.tokensIn)} is null or ${sql.raw(BELIEVED.tokensOut)} is null)::int as "usersEstimated"`;

/** What outcomes took of a language model, straight from the log: an index holds those that took anything. */
export class UsageQueries {
  constructor(private readonly em: EntityManager) {}

  /** The shares of each run, in the order of `runs` and in one statement; none for a run that no model worked on. */
  async ofRuns(runs: readonly UsedRun[]): Promise<UsageShareRow[][]> {
    const [ids, months] = [runs.map(({ runId }) => runId), runs.map(({ month }) => month)];
    const { rows } = await sql<UsageShareRow>`
      select e.run_id as "runId", ${SHARES}
      from unnest(${ids}::uuid[], ${months}::date[]) as r (run_id, run_month) join batch.event_log e on e.run_month = r.run_month and e.run_id = r.run_id
      where data ? 'tokensIn' group by e.run_id, 2, 3 order by users desc, 2, 3`.execute(this.em.getKysely());
    const ofRun = Map.groupBy(rows, ({ runId }) => runId);
    return runs.map(({ runId }) => ofRun.get(runId) ?? []);
  }

  /** The shares of all runs that were requested in a month, given by its first day; `runId` is empty. */
  async ofMonth(month: string): Promise<UsageShareRow[]> {
    const { rows } = await sql<UsageShareRow>`
      select '' as "runId", ${SHARES} from batch.event_log where run_month = ${month}::date and data ? 'tokensIn'
      group by 2, 3 order by users desc, 2, 3`.execute(this.em.getKysely());
    return rows;
  }
}
