import type pg from 'pg';
import { endsWithin } from '../ends-within.js';

/** Reads that are let go in one transaction, with their persons. */
const BATCH = 1_000;
/** ms between two looks. */
const EVERY_MS = 3_600_000;

// The lock is no row's, as that of the alerts: a look that finds nothing gets no transaction id.
const TURN = "select pg_try_advisory_xact_lock(hashtext('batch reads')) as mine";
const LET_GO = `with old as (select id from batch.person_read where at < now() - $1 * interval '1 day' order by at limit ${BATCH})
  delete from batch.person_read r using old where r.id = old.id`;
const LET_GAPS_GO = "delete from batch.person_read_gap where until < now() - $1 * interval '1 day'";

/** Lets reads go that are older than so many days, a thousand at a time. One process does it: to another it says that nothing was done. @returns how many */
export async function letGoOfReads(pool: Pick<pg.Pool, 'connect'>, keepDays: number): Promise<number> {
  let gone = 0;
  for (;;) {
    const batch = await letGoOnce(pool, keepDays);
    gone += batch;
    if (batch < BATCH) return gone;
  }
}

async function letGoOnce(pool: Pick<pg.Pool, 'connect'>, keepDays: number): Promise<number> {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query('begin');
    const { rows } = await client.query<{ mine: boolean }>(TURN);
    const mine = rows[0]?.mine === true;
    const { rowCount } = mine ? await client.query(LET_GO, [keepDays]) : { rowCount: 0 };
    if (mine && rowCount === 0) await client.query(LET_GAPS_GO, [keepDays]);
    await client.query('commit');
    return rowCount ?? 0;
  } catch (error) {
    await client.query('rollback').catch(() => (broken = true));
    throw error;
  } finally {
    client.release(broken);
  }
}

/** What is needed to let go again and again. */
export interface RetentionParts {
  readonly pool: Pick<pg.Pool, 'connect'>;
  readonly keepDays: number;
  readonly onGone: (reads: number) => void;
  readonly onFailure: (error: unknown) => void;
}

/** Looks at the start, and then every hour, for reads that are to be let go. */
export class ReadRetention {
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private looking: Promise<void> = Promise.resolve();

  constructor(private readonly parts: RetentionParts) {}

  start(): void {
    this.looking = this.look().finally(() => {
      if (this.stopped) return;
      this.timer = setTimeout(() => this.start(), EVERY_MS);
      this.timer.unref();
    });
  }

  /** Waits for a batch on its way, `graceMs` at most: what is not let go is let go another time. */
  async stop(graceMs: number): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await endsWithin(graceMs, this.looking);
  }

  private async look(): Promise<void> {
    const { pool, keepDays, onGone, onFailure } = this.parts;
    try {
      const gone = await letGoOfReads(pool, keepDays);
      if (gone > 0) onGone(gone);
    } catch (error) {
      onFailure(error);
    }
  }
}
