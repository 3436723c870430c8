import { sql, type RawBuilder } from 'kysely';

/** A run, and the month that leads to the partition of its events. */
export interface RunKey {
  readonly runId: string;
  /** First day of the month, `YYYY-MM-DD`. */
  readonly month: string;
}

/** The runs of a statement that reads the same of several, as a table `wanted` with `id` and `month`. */
export function eachRun(runs: readonly RunKey[]): RawBuilder<unknown> {
  return sql`unnest(${runs.map(({ runId }) => runId)}::uuid[], ${runs.map(({ month }) => month)}::date[]) as wanted (id, month)`;
}
