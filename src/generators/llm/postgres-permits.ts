import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { boundedWait, MAX_WAIT_MS, type Tokens, type WaitMs } from '../../domain/figures.js';
import { HeldTooLong, Hold, type Permits, type Turn } from './permits.js';

/** Calls and tokens that all processes together may send in a minute. */
export interface Rate {
  readonly requestsPerMinute?: number | undefined;
  readonly tokensPerMinute?: number | undefined;
}

/** ms ahead of which no process reserves: what a process that dies has reserved is lost for no longer. */
const HORIZON_MS = 60_000;
/** ms after which a caller asks again that found nothing within the horizon. */
const AGAIN_MS = 5_000;

/**
 * Reserves the next stretch of time at an endpoint and tells in how many ms it begins (generic cell rate algorithm, spaced evenly, no burst). All in
 * one statement by the database's clock, so that no process can count differently and none holds a transaction while it waits. A time ahead of which
 * no process can have reserved ($4) was written by an older release, or by a clock that was wrong: it is not believed. No row where the horizon ($5) is full.
 */
const BELIEVED = `case when rate.free_at > clock_timestamp() + $4::float8 * interval '1 ms' then clock_timestamp() else rate.free_at end + $3::float8 * interval '1 ms'`;
const RESERVE = `insert into batch.llm_rate as rate (endpoint, free_at) values ($1, clock_timestamp() + $2::float8 * interval '1 ms')
  on conflict (endpoint) do update set free_at = greatest(${BELIEVED}, clock_timestamp()) + $2::float8 * interval '1 ms'
    where ${BELIEVED} <= clock_timestamp() + $5::float8 * interval '1 ms'
  returning extract(epoch from rate.free_at - clock_timestamp())::float8 * 1000 - $2::float8 as "waitMs"`;

const HOLD = `insert into batch.llm_rate as rate (endpoint, free_at) values ($1, clock_timestamp() + $2::float8 * interval '1 ms')
  on conflict (endpoint) do update set free_at = greatest(rate.free_at, clock_timestamp() + $2::float8 * interval '1 ms')`;

/** What other processes reserved goes with it: an operator's order is rare, and a rate that is passed for a moment is told by the endpoint. */
const LIFT = `update batch.llm_rate set free_at = least(free_at, clock_timestamp()) where endpoint = $1`;
const AHEAD = `select extract(epoch from free_at - clock_timestamp())::float8 * 1000 as "aheadMs" from batch.llm_rate where endpoint = $1`;

interface Waiting {
  readonly spanMs: number;
  readonly patienceMs: number;
  readonly startsAt: (at: number) => void;
  readonly failed: (error: unknown) => void;
  readonly signal: AbortSignal;
}

/** Turns that all processes of a database share. Calls that ask while a statement is under way are served together by the next one. */
export class PostgresPermits implements Permits {
  #waiting: Waiting[] = [];
  #reserving = false;
  /** ms by which calls took less (below 0) or more of the rate than was reserved for them. */
  #correctionMs = 0;
  readonly #hold = new Hold();
  /** An order that is on its way: a turn that overtook it on another connection would be refused by what it lifts. */
  #lifting: Promise<unknown> = Promise.resolve();
  /** The longest stretch that was asked for here: others are configured alike. */
  #longestMs = 0;

  /** @param endpoint names the rate's row: processes with the same name share it */
  constructor(
    private readonly pool: Pick<pg.Pool, 'query'>,
    private readonly endpoint: string,
    private readonly rate: Rate,
  ) {}

  async take(turn: Turn): Promise<void> {
    if (this.#hold.leftMs > turn.patienceMs) throw new HeldTooLong(boundedWait(this.#hold.leftMs));
    await this.#hold.passed(turn, await this.#turn(this.#spanMs(turn.tokens), turn));
  }

  correct(estimated: Tokens, tokens: Tokens): void {
    this.#correctionMs += this.#spanMs(tokens) - this.#spanMs(estimated);
  }

  async hold(ms: WaitMs): Promise<void> {
    this.#hold.extend(ms);
    await this.pool.query(HOLD, [this.endpoint, ms]);
  }

  async lift(): Promise<void> {
    this.#hold.lift();
    const lifted = this.pool.query(LIFT, [this.endpoint]);
    this.#lifting = lifted.catch(() => undefined);
    await lifted;
  }

  /** When the next turn begins, by this process's clock. */
  async #turn(spanMs: number, { patienceMs, signal }: Omit<Turn, 'tokens'>): Promise<number> {
    signal.throwIfAborted(); // it would be passed by in the queue, and hear of nothing any more
    const { promise, resolve: startsAt, reject: failed } = Promise.withResolvers<number>();
    const onAbort = (): void => failed(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    this.#waiting.push({ spanMs, startsAt, failed, patienceMs, signal });
    void this.#reserve();
    return promise.finally(() => signal.removeEventListener('abort', onAbort));
  }

  /** The stretch of time that a call uses up of whichever rate it strains more. */
  #spanMs(tokens: Tokens): number {
    const { requestsPerMinute, tokensPerMinute } = this.rate;
    return Math.max(requestsPerMinute === undefined ? 0 : 60_000 / requestsPerMinute, tokensPerMinute === undefined ? 0 : (tokens * 60_000) / tokensPerMinute); // prettier-ignore
  }

  async #reserve(): Promise<void> {
    if (this.#reserving) return;
    this.#reserving = true;
    for (let served = this.#nextServed(); served.length > 0; served = this.#nextServed()) {
      const isServed = await this.#serve(served).catch((error: unknown) => served.forEach(({ failed }) => failed(error)));
      if (isServed !== false) continue;
      this.#waiting.unshift(...served);
      await this.#refuseImpatient();
      if (this.#waiting.length > 0) await delay(AGAIN_MS, undefined, { ref: false });
    }
    this.#reserving = false;
  }

  /** Takes those of the queue that fit into the horizon together, and one at least; a request that was given up meanwhile needs no turn. */
  #nextServed(): Waiting[] {
    this.#waiting = this.#waiting.filter(({ signal }) => !signal.aborted);
    let [count, totalMs] = [0, 0];
    for (const { spanMs } of this.#waiting) {
      if (count > 0 && totalMs + spanMs > HORIZON_MS) break;
      totalMs += spanMs;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }

  /** Another process was asked to leave the endpoint alone: what is reserved reaches no further than the horizon and one stretch of each process. */
  async #refuseImpatient(): Promise<void> {
    const { rows } = await this.pool.query<{ aheadMs: number }>(AHEAD, [this.endpoint]).catch(() => ({ rows: [] }));
    const heldMs = (rows[0]?.aheadMs ?? 0) - HORIZON_MS - 2 * Math.max(HORIZON_MS, this.#longestMs);
    const isImpatient = ({ patienceMs }: Waiting): boolean => heldMs > patienceMs;
    for (const { failed } of this.#waiting.filter(isImpatient)) failed(new HeldTooLong(boundedWait(heldMs)));
    this.#waiting = this.#waiting.filter((each) => !isImpatient(each));
  }

  /** @returns false when there is nothing within the horizon */
  async #serve(served: readonly Waiting[]): Promise<boolean> {
    await this.#lifting;
    const correction = this.#correctionMs;
    this.#correctionMs = 0;
    const total = served.reduce((sum, { spanMs }) => sum + spanMs, 0);
    this.#longestMs = Math.max(this.#longestMs, total);
    // The longest hold, the horizon, and what may be reserved from there.
    const mostMs = MAX_WAIT_MS + HORIZON_MS + 2 * Math.max(HORIZON_MS, this.#longestMs);
    const owed = (): void => void (this.#correctionMs += correction);
    const { rows } = await this.pool
      .query<{ waitMs: number }>(RESERVE, [this.endpoint, total, correction, mostMs, HORIZON_MS])
      .catch((error: unknown) => {
        owed(); // what was asked beyond its estimate is still to be waited for
        throw error;
      });
    if (rows[0] === undefined) {
      owed();
      return false;
    }
    let at = performance.now() + rows[0].waitMs;
    for (const { spanMs, startsAt } of served) {
      startsAt(at);
      at += spanMs;
    }
    return true;
  }
}
