import type pg from 'pg';
import { boundedPost, NoAnswer } from '../base/bounded-post.js';
import type { NightSign } from '../domain/alert/night-sign.js';
import { Repeating } from '../base/repeating.js';
import { VERSION } from '../base/version.js';

/** How the switch is set. */
export interface SwitchOptions {
  readonly url: string;
  /** ms between two pings of all processes together. */
  readonly everyMs: number;
  /** ms that a ping may take. */
  readonly timeoutMs: number;
  /** Looks at the night. @returns why it is not well; empty when it is */
  readonly signs: () => Promise<readonly NightSign[]>;
  /** The head of the day's log, told to a place that a change of the database does not reach; undefined where there is none. */
  readonly head?: () => Promise<string | undefined>;
  /** Told of each check whose result is another than the last one's of this process. */
  readonly onChange: (check: SwitchCheck) => void;
  readonly onFailure: (error: unknown) => void;
}

/** What a check came to. `code`: the status of the ping, or a kind of fault; undefined where none was sent. */
export interface SwitchCheck {
  readonly signs: readonly NightSign[];
  readonly code: string | undefined;
  readonly ok: boolean;
}

/** What is known of the switch, by any process. */
export interface SwitchState {
  readonly checkedAt: Date | null;
  readonly pingedAt: Date | null;
  /** ms since `pingedAt` by the clock that gave it, the database's: a process's may be another. Negative where that clock was set back since. */
  readonly pingedMsAgo: number | null;
  readonly signs: readonly NightSign[];
  readonly lastCode: string | null;
}

// One process wins the turn. A turn that lies further ahead than one can was given by a clock that was wrong.
const TURN = `update batch.dead_man_switch set next_at = clock_timestamp() + $1 * interval '1 ms'
  where next_at <= clock_timestamp() or next_at > clock_timestamp() + 2 * $1 * interval '1 ms' returning is_only`;

const NOTE = `update batch.dead_man_switch set checked_at = clock_timestamp(), signs = $1, last_code = coalesce($2, last_code),
    pinged_at = case when $3 then clock_timestamp() else pinged_at end,
    next_at = case when $3 then next_at else least(next_at, clock_timestamp() + $4 * interval '1 ms') end`;

const SOONER_NEXT = `update batch.dead_man_switch set next_at = least(next_at, clock_timestamp() + $1 * interval '1 ms')`;

const STATE = `select checked_at as "checkedAt", pinged_at as "pingedAt", signs, last_code as "lastCode",
    extract(epoch from clock_timestamp() - pinged_at)::float8 * 1000 as "pingedMsAgo" from batch.dead_man_switch`;

/** Checks are made so much more often while the night is not well, or the ping is not taken, but not more often than once a second. */
const SOONER = 5;
/** ms between two looks at whether it is time. */
const LOOK_MS = 1_000;

/**
 * Tells a watch outside, again and again, that the night is well. What it tells is that it says so: when the database, the processes or the night are not
 * well, it is silent, and the watch alarms. Nothing of this service is needed for that.
 */
export class DeadManSwitch {
  private readonly looks: Repeating;
  private told = '';

  constructor(
    private readonly pool: Pick<pg.Pool, 'query'>,
    private readonly options: SwitchOptions,
  ) {
    const { everyMs, onFailure } = options;
    this.looks = new Repeating({
      work: async (stopping) => void (await this.turn(stopping)),
      everyMs: Math.min(LOOK_MS, everyMs),
      onFailure,
    });
  }

  start(): void {
    this.looks.start();
  }

  stop(graceMs: number): Promise<boolean> {
    return this.looks.stop(graceMs);
  }

  /** Checks and pings where it is time and no other process does. @returns what came of it; undefined where it was not our turn */
  async turn(stopping?: AbortSignal): Promise<SwitchCheck | undefined> {
    const { everyMs } = this.options;
    const { rows } = await this.pool.query(TURN, [everyMs]);
    if (rows.length === 0) return undefined;
    const signs = await this.looked();
    const code = signs.length === 0 ? await this.ping(stopping) : undefined;
    const check: SwitchCheck = { signs, code, ok: code !== undefined && /^HTTP_2\d\d$/.test(code) };
    await this.pool.query(NOTE, [signs, code ?? null, check.ok, this.soonerMs]);
    this.tell(check);
    return check;
  }

  /** The signs of the night. One that could not be looked at is looked at again sooner, as one that is not well. @throws why it could not be */
  private async looked(): Promise<readonly NightSign[]> {
    try {
      return await this.options.signs();
    } catch (error) {
      await this.pool.query(SOONER_NEXT, [this.soonerMs]).catch(() => undefined); // the database may be what is away
      throw error;
    }
  }

  private get soonerMs(): number {
    return Math.max(LOOK_MS, this.options.everyMs / SOONER);
  }

  private tell(check: SwitchCheck): void {
    const now = `${check.code} ${check.signs.join()}`;
    if (now !== this.told) this.options.onChange(check);
    this.told = now;
  }

  /** The endpoint is a stranger. It is told the time, the version and the day's head, and nothing of the night or of anybody. */
  private async ping(stopping?: AbortSignal): Promise<string> {
    const { url, timeoutMs, head } = this.options;
    const body = JSON.stringify({ version: 1, service: 'ibsafe-batch', at: new Date().toISOString(), head: (await head?.()) ?? null });
    const headers = { 'content-type': 'application/json; charset=utf-8', 'user-agent': `ibsafe-batch/${VERSION}` };
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = stopping === undefined ? timeout : AbortSignal.any([stopping, timeout]);
    try {
      return `HTTP_${(await boundedPost(new URL(url), { headers, body, signal, alone: true, statusOnly: true })).status}`;
    } catch (error) {
      return error instanceof NoAnswer ? error.kind : 'NO_ANSWER_IN_TIME';
    }
  }
}

/** What the switch last did, whichever process it was. @throws when the database does not answer */
export async function switchState(pool: Pick<pg.Pool, 'query'>): Promise<SwitchState> {
  return (await pool.query<SwitchState>(STATE)).rows[0] as SwitchState;
}
