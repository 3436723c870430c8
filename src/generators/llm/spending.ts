import type pg from 'pg';
import type { Micros } from '../../domain/figures.js';

/** Money of runs, in millionths of a US$. */
export interface Spending {
  /** Sets money aside for a call. @returns false when the run's budget does not hold so much any more */
  reserve(runId: string, micros: Micros): Promise<boolean>;
  /** Replaces what was set aside by what the call took. */
  settle(runId: string, reserved: Micros, micros: Micros): Promise<void>;
}

/** For runs without a budget. */
export const UNLIMITED: Spending = { reserve: () => Promise.resolve(true), settle: () => Promise.resolve() };

const RESERVE = `insert into batch.llm_spending as spent (run_id, micros) select $1::uuid, $2::bigint where $2::bigint <= $3::bigint
  on conflict (run_id) do update set micros = spent.micros + $2::bigint where spent.micros + $2::bigint <= $3::bigint
  returning micros`;

/**
 * A budget for each run, in one row that all processes share: money is set aside before a call and only then spent, so that no number of workers goes
 * beyond it. What a killed worker had set aside stays spent, since it is not known whether its calls were answered.
 */
export class PostgresSpending implements Spending {
  constructor(
    private readonly pool: Pick<pg.Pool, 'query'>,
    private readonly budgetMicros: number,
  ) {}

  async reserve(runId: string, micros: Micros): Promise<boolean> {
    const { rowCount } = await this.pool.query(RESERVE, [runId, micros, this.budgetMicros]);
    return rowCount === 1;
  }

  async settle(runId: string, reserved: Micros, micros: Micros): Promise<void> {
    if (reserved === micros) return;
    await this.pool.query('update batch.llm_spending set micros = greatest(0, micros + $2::bigint) where run_id = $1', [
      runId,
      micros - reserved,
    ]);
  }
}
