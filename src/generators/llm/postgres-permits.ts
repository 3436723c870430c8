import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import type { Permits } from './permits.js';

/** Calls and tokens that all processes together may send in a minute. */
export interface Rate {
  readonly requestsPerMinute?: number | undefined;
  readonly tokensPerMinute?: number | undefined;
}

/**
 * Reserves the next stretch of time at an endpoint and tells in how many ms it begins (generic cell rate algorithm, spaced evenly, no burst). All in
 * one statement by the database's clock, so that no process can count differently and none holds a transaction while it waits.
 */
const RESERVE = `insert into batch.llm_rate as rate (endpoint, free_at) values ($1, clock_timestamp() + $2::float8 * interval '1 ms')
  on conflict (endpoint) do update
    set free_at = greatest(rate.free_at + $3::float8 * interval '1 ms', clock_timestamp()) + $2::float8 * interval '1 ms'
  returning extract(epoch from rate.free_at - clock_timestamp())::float8 * 1000 - $2::float8 as "waitMs"`;

const HOLD = `insert into batch.llm_rate as rate (endpoint, free_at) values ($1, clock_timestamp() + $2::float8 * interval '1 ms')
  on conflict (endpoint) do update set free_at = greatest(rate.free_at, clock_timestamp() + $2::float8 * interval '1 ms')`;

interface Waiting {
  readonly spanMs: number;
  readonly startsAt: (at: number) => void;
  readonly failed: (error: unknown) => void;
}

/** Turns that all processes of a database share. Calls that ask while a statement is under way are served together by the next one. */
export class PostgresPermits implements Permits {
  #waiting: Waiting[] = [];
  #reserving = false;
  /** ms by which calls took less (below 0) or more of the rate than was reserved for them. */
  #correctionMs = 0;
  #heldUntil = 0;

  /** @param endpoint names the rate's row: processes with the same name share it */
  constructor(
    private readonly pool: Pick<pg.Pool, 'query'>,
    private readonly endpoint: string,
    private readonly rate: Rate,
  ) {}

  async take(tokens: number, signal: AbortSignal): Promise<void> {
    const startsAt = await new Promise<number>((resolve, reject) => {
      this.#waiting.push({ spanMs: this.#spanMs(tokens), startsAt: resolve, failed: reject });
      void this.#reserve();
    });
    const due = (): number => Math.max(startsAt, this.#heldUntil) - performance.now();
    for (let ms = due(); ms > 0; ms = due()) await delay(Math.ceil(ms), undefined, { signal });
  }

  correct(estimated: number, tokens: number): void {
    this.#correctionMs += this.#spanMs(tokens) - this.#spanMs(estimated);
  }

  async hold(ms: number): Promise<void> {
    this.#heldUntil = Math.max(this.#heldUntil, performance.now() + ms);
    await this.pool.query(HOLD, [this.endpoint, ms]);
  }

  /** The stretch of time that a call uses up of whichever rate it strains more. */
  #spanMs(tokens: number): number {
    const { requestsPerMinute, tokensPerMinute } = this.rate;
    return Math.max(requestsPerMinute === undefined ? 0 : 60_000 / requestsPerMinute, tokensPerMinute === undefined ? 0 : (tokens * 60_000) / tokensPerMinute); // prettier-ignore
  }

  async #reserve(): Promise<void> {
    if (this.#reserving) return;
    this.#reserving = true;
    while (this.#waiting.length > 0) {
      const served = this.#waiting;
      this.#waiting = [];
      await this.#serve(served).catch((error: unknown) => served.forEach(({ failed }) => failed(error)));
    }
    this.#reserving = false;
  }

  async #serve(served: readonly Waiting[]): Promise<void> {
    const correction = this.#correctionMs;
    this.#correctionMs = 0;
    const total = served.reduce((sum, { spanMs }) => sum + spanMs, 0);
    const { rows } = await this.pool.query<{ waitMs: number }>(RESERVE, [this.endpoint, total, correction]);
    let at = performance.now() + (rows[0]?.waitMs ?? 0);
    for (const { spanMs, startsAt } of served) {
      startsAt(at);
      at += spanMs;
    }
  }
}
