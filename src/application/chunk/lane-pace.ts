import { FULL_PACE, giveWay, pacesOf, usersAtOnce, type GivingWay, type Pace } from '../../domain/run/giving-way.js';
import type { ReaderLook, ReaderWatch } from '../ports/readers.js';

/** ms between two looks while a lane computes. */
export const LOOK_MS = 250;
/** While none does, one of so many times is a look: it finds out what readers take alone. */
const IDLE_EVERY = 20;
/** Reads of looks beside a run that are kept: of the last two looks. */
const KEPT_READS = 100;
/** Reads below which nothing is concluded: of one look. */
const LEAST_READS = 50;
/** Reads of looks without a run that are kept. */
const KEPT_ALONE = 300;
/** Reads below which it is not known what a reader takes alone: the first looks are made while a process starts, which is a load itself. */
const LEAST_ALONE = 100;
/** ms that a reader is taken to need alone at least: below, the noise of clocks would be taken for slowness. */
const LEAST_ALONE_MS = 0.2;
/** How much a new portion moves what a user is taken to need. */
const WEIGHT = 0.3;

/** What a worker's pace is now, for metrics and the service log. */
export interface PaceSeen extends Pace {
  /** ms of a reader of one row at the 95th percentile, beside the run and alone; undefined while too little was seen. */
  readonly readMs: number | undefined;
  readonly aloneMs: number | undefined;
}

/**
 * The pace of a process's lanes that compute: how many at once, how much at once, with which rests. Full until it is given lanes and told of looks. Lanes that
 * wait for a model take no part: they cost the database nothing meanwhile.
 */
export class LanePace {
  #paces: readonly Pace[] = [{ lanes: Number.POSITIVE_INFINITY, portionMs: Number.POSITIVE_INFINITY, rest: 0 }];
  #standing: GivingWay = FULL_PACE;
  #reads: number[] = [];
  #alone: number[] = [];
  #userMs: number | undefined;
  #working = 0;
  readonly #waiting: (() => void)[] = [];

  /** @param lanes most lanes that compute at once */
  bound(lanes: number): void {
    this.#paces = pacesOf(lanes);
  }

  get seen(): PaceSeen {
    return { ...this.#pace, readMs: p95(this.#reads), aloneMs: this.#aloneMs };
  }

  /** Whether a lane computes, or waits to. */
  get isBusy(): boolean {
    return this.#working > 0 || this.#waiting.length > 0;
  }

  /** Takes in what a look found. @returns whether the pace is another one by it */
  look({ othersAsk, isRunning, readMs }: ReaderLook): boolean {
    if (!isRunning && !this.isBusy) {
      this.#alone = [...this.#alone, ...readMs].slice(-KEPT_ALONE);
      this.#reads = [];
    } else this.#reads = [...this.#reads, ...readMs].slice(-KEPT_READS);
    const { step } = this.#standing;
    this.#standing = giveWay(this.#standing, { othersAsk, slowness: this.#slowness }, this.#paces.length);
    if (this.#standing.step === step) return false;
    this.#reads = []; // of another pace
    this.#letIn();
    return true;
  }

  /** Waits for a place among the lanes that compute, in the order of asking, or until `signal` aborts. @returns how to give it back, once */
  async enter(signal: AbortSignal): Promise<() => void> {
    if (this.#waiting.length === 0 && this.#working < this.#pace.lanes) this.#working += 1;
    else if (!(await this.#turn(signal))) return () => undefined;
    return () => {
      this.#working -= 1;
      this.#letIn();
    };
  }

  /** Users that a lane is to read, judge and write at once. */
  get usersAtOnce(): number {
    return usersAtOnce(this.#pace, this.#userMs);
  }

  /** Told of a portion that was done. @returns ms that its lane is to rest */
  worked(users: number, ms: number): number {
    if (users > 0) this.#userMs = (this.#userMs ?? ms / users) * (1 - WEIGHT) + (ms / users) * WEIGHT;
    return ms * this.#pace.rest;
  }

  get #pace(): Pace {
    return this.#paces[this.#standing.step] as Pace;
  }

  get #slowness(): number | undefined {
    if (this.#reads.length < LEAST_READS) return undefined;
    return (p95(this.#reads) ?? 0) / Math.max(LEAST_ALONE_MS, this.#aloneMs ?? 0);
  }

  get #aloneMs(): number | undefined {
    return this.#alone.length < LEAST_ALONE ? undefined : p95(this.#alone);
  }

  /** @returns whether there is a place: without one, `signal` has aborted */
  async #turn(signal: AbortSignal): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const letIn = (): void => resolve(true);
    const leave = (): void => {
      const at = this.#waiting.indexOf(letIn);
      if (at >= 0) this.#waiting.splice(at, 1);
      resolve(at < 0);
    };
    this.#waiting.push(letIn);
    signal.addEventListener('abort', leave, { once: true });
    if (signal.aborted) leave();
    return promise.finally(() => signal.removeEventListener('abort', leave));
  }

  /** Gives places to waiting lanes. A lane that comes back for its next chunk stands behind them. */
  #letIn(): void {
    while (this.#waiting.length > 0 && this.#working < this.#pace.lanes) {
      this.#working += 1;
      this.#waiting.shift()?.();
    }
  }
}

/** What is to be done every `LOOK_MS`: the pace of lanes follows what is seen of readers. @param onChange told of another pace */
export function watchingReaders(pace: LanePace, readers: ReaderWatch, onChange: (seen: PaceSeen) => void): () => Promise<void> {
  let idle = 1; // not at once: a process that starts is a load itself
  return async () => {
    if (pace.isBusy) idle = 0;
    else if (idle++ % IDLE_EVERY !== 0) return;
    if (pace.look(await readers.look())) onChange(pace.seen);
  };
}

function p95(values: readonly number[]): number | undefined {
  const ascending = values.toSorted((a, b) => a - b);
  return ascending[Math.floor(ascending.length * 0.95)];
}
