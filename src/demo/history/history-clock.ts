import { DemoRandom } from '../demo-random.js';

/** ms that a transaction of the history takes: least, and the spread above it. */
const TRANSACTION_MS = [6, 12] as const;

/** The clock of invented nights. It stands still until it is moved, never goes back, and moves by itself with the work that is done. */
export class HistoryClock {
  private readonly random: DemoRandom;

  constructor(
    private at: number,
    seed: number,
  ) {
    this.random = new DemoRandom(seed, CLOCK, 0);
  }

  get now(): Date {
    return new Date(Math.round(this.at));
  }

  /** Moves on to a moment; does nothing where that is past. */
  moveTo(at: Date): void {
    this.at = Math.max(this.at, at.getTime());
  }

  /** Lets time go by, in ms. */
  spend(ms: number): void {
    this.at += ms;
  }

  /** The time of the next transaction. */
  nextTransaction(): Date {
    this.spend(TRANSACTION_MS[0] + this.random.fraction() * TRANSACTION_MS[1]);
    return this.now;
  }
}

/** The key of the clock's random numbers: "clok" as a number. */
const CLOCK = 0x636c_6f6b;
