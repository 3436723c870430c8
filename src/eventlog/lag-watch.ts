import type pg from 'pg';
import { asTyped } from '../base/as-typed.js';
import type { Told } from '../domain/said.js';
import { STORES } from '../domain/store-problems.js';

/** How far readers of the log are behind its writers. */
export interface Lag {
  /** Age in ms of the oldest event that no reader can see yet, because an older transaction is open. 0 when there is none. */
  readonly hiddenMs: number;
  /** How long, in ms and at least, the oldest open writing transaction of the cluster has hidden what was committed after it. 0 when none does. */
  readonly heldMs: number;
  /** Whether either has passed the limit. */
  readonly alarm: boolean;
}

/** How a watch is set. */
export interface LagWatchOptions {
  /** ms from which a lag is an alarm. */
  readonly alarmMs: number;
  /** Called when the alarm goes on and when it goes off. */
  readonly onAlarm?: (lag: Lag) => void;
  /** ms, monotonic. */
  readonly clock?: () => number;
}

interface Sample {
  readonly xmin: string;
  readonly xmax: string;
  readonly hidden: number;
}

/** Every transaction with an id below `xmax` had begun by `at`. */
interface Mark {
  readonly xmax: bigint;
  readonly at: number;
}

/** Marks that are kept; beyond that every second one goes. */
const MAX_MARKS = 1_000;

// A snapshot whose xmax is beyond its xmin has an open transaction below a committed one. pg_stat_activity is not asked: it hides other roles'
// transactions from an account without rights on it, and knows no prepared ones. The first hidden event stands for the oldest: in the order of the index
// it is found at once, where a maximum over all of them has PostgreSQL read the whole log, whose planner cannot know how few they are.
// The ids are the log's: in another cluster, which counts from the beginning, what was open in the last one is not taken for open any more. A clock that
// was set back has events of the future; they are not hidden for less than no time.
const SAMPLE = `select batch.log_horizon()::text as xmin, batch.log_xid(pg_snapshot_xmax(pg_current_snapshot()))::text as xmax,
    greatest(0, (select extract(epoch from clock_timestamp() - e.recorded_at) * 1000 from batch.event_log e
      where e.xid >= (select batch.log_horizon()) order by e.xid, e.position limit 1))::float8 as hidden`;

/** Most and least ms between two looks; within them a quarter of the limit. */
const LOOK_MS = { most: 2_000, least: 50 } as const;
/** ms for which what was found is taken for what is: a look that is not answered neither fails nor finds. */
const KNOWN_MS = 10_000;

/**
 * Watches how far readers of the log are behind. They see nothing that is newer than the oldest open writing transaction, whichever database of the
 * cluster it is in: one that stays open stops all progress, and nothing else would say so.
 */
export class LagWatch {
  /** Ascending, of those looks that the oldest open transaction has seen. */
  private marks: Mark[] = [];
  /** Undefined after a look that failed. */
  private latest: { readonly lag: Lag; readonly at: number } | undefined;
  private alarmed = false;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly db: Pick<pg.Pool, 'query'>,
    private readonly options: LagWatchOptions,
  ) {}

  /** Looks every few seconds from now on. A database that does not answer is looked at again later. */
  start(): void {
    const { most, least } = LOOK_MS;
    const everyMs = Math.max(least, Math.min(most, this.options.alarmMs / 4));
    const look = async (): Promise<void> => {
      await this.look().catch(() => undefined);
      if (!this.stopped) this.timer = setTimeout(() => void look(), everyMs);
    };
    void look();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  /** What the last look found; undefined where it failed, or was not answered for a while: then nothing is known, and an old figure would say that all is well. */
  get lag(): Lag | undefined {
    return this.latest !== undefined && this.now() - this.latest.at <= KNOWN_MS ? this.latest.lag : undefined;
  }

  /** Looks now. @throws when the database does not answer */
  async look(): Promise<Lag> {
    try {
      const { rows } = await this.db.query<Sample>(SAMPLE);
      return this.found(rows[0] as Sample);
    } catch (error) {
      this.latest = undefined;
      throw error;
    }
  }

  private found({ xmin, xmax, hidden }: Sample): Lag {
    const [hiddenMs, heldMs] = [Math.round(hidden), Math.round(this.heldSince(BigInt(xmin), BigInt(xmax)))];
    const lag = { hiddenMs, heldMs, alarm: Math.max(hiddenMs, heldMs) >= this.options.alarmMs };
    this.latest = { lag, at: this.now() };
    if (lag.alarm !== this.alarmed) this.options.onAlarm?.(lag);
    this.alarmed = lag.alarm;
    return lag;
  }

  private now(): number {
    return (this.options.clock ?? (() => performance.now()))();
  }

  /**
   * ms since the first look by which the oldest open transaction had begun. Not since it became the oldest: when one that was open longer ends, the
   * next has been open all the while.
   */
  private heldSince(xmin: bigint, xmax: bigint): number {
    const now = this.now();
    this.marks = this.marks.filter((mark) => mark.xmax > xmin);
    if (this.marks.length >= MAX_MARKS) this.marks = this.marks.filter((_, at) => at % 2 === 0);
    if (xmin >= xmax) return 0; // no transaction is open
    this.marks.push({ xmax, at: now });
    return now - (this.marks[0] as Mark).at;
  }
}

/** What an alarm means and what to do, for status pages and logs. */
export function lagProblem({ hiddenMs, heldMs }: Lag): Told {
  return STORES.tell('LOG_HELD', { held: seconds(heldMs), hidden: seconds(hiddenMs), doctor: asTyped('doctor') });
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(1);
}
