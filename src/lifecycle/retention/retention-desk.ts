import type pg from 'pg';
import { closePool, openPool } from '../../database/pool.js';
import type { LetGoMonth } from '../../domain/retention/retention.js';
import { letGoMonths } from '../../store/let-go-months.js';
import type { Ground } from './let-month-go.js';
import { planRetention, type RetentionPlan } from './plan-retention.js';
import { runRetention, type RetentionReport } from './run-retention.js';

/** What a desk works with. */
export interface RetentionDeskParts {
  readonly pool: Pick<pg.Pool, 'query'>;
  /** Of the database: to let months go takes connections of its own, whose statements have no limit of time. */
  readonly url: string;
  /** Months that are kept beside the one that goes on; undefined where nothing is let go by itself. */
  readonly keep: number | undefined;
  /** Undefined where no folder is known that lasts. */
  readonly archiveDir: string | undefined;
}

/** Months that were let go, and what is to become of the others. */
export interface RetentionOverview {
  readonly plan: RetentionPlan;
  /** Oldest first. */
  readonly letGo: readonly LetGoMonth[];
}

/** The actor of the order, and how it is told of each step. */
export interface LettingGo extends Pick<Ground, 'actor' | 'onStep'> {
  /** ms for which another process that does the same is waited for. */
  readonly waitMs: number;
}

/** What callers ask about the months of the log, and what they may do. */
export class RetentionDesk {
  constructor(private readonly parts: RetentionDeskParts) {}

  /** Months that are kept beside the one that goes on, as this process is set; undefined where nothing is let go by itself. */
  get keep(): number | undefined {
    return this.parts.keep;
  }

  /** What retention would do. @param keep instead of what is set */
  async overview(keep = this.parts.keep): Promise<RetentionOverview> {
    const { pool } = this.parts;
    return { plan: await planRetention(pool, keep), letGo: await letGoMonths(pool) };
  }

  /** Lets old months go. @returns NO_FOLDER where it is not known where to archive to, BUSY where another process was still at it */
  async run(
    keep: number,
    { waitMs, ...how }: LettingGo,
  ): Promise<RetentionReport | { readonly status: 'BUSY' } | { readonly status: 'NO_FOLDER' }> {
    const { url, archiveDir } = this.parts;
    if (archiveDir === undefined) return { status: 'NO_FOLDER' };
    const pool = openPool({ url, max: 3, name: 'retention', onError: () => undefined }); // the statement under way gets the error too
    try {
      return await runRetention({ ...how, pool, archiveDir }, keep, waitMs);
    } finally {
      await closePool(pool, 0);
    }
  }
}
