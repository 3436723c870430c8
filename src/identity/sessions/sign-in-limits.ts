/** Tries to sign in of one address in a minute that may fail. */
const TRIES_OF_AN_ADDRESS = 10;
/** Tries of all addresses together in a minute that may fail: addresses can be made up where a proxy passes on what clients say. */
const TRIES = 300;
const WINDOW_MS = 60_000;

/**
 * Counts tries to sign in, of each address and of the process, in windows of a minute. A try that succeeds is taken back, so that many people behind
 * one address do not lock each other out. Secrets of 256 bits are not guessed in any number of tries: this keeps the work small that strangers can ask for.
 */
export class SignInLimits {
  private tries = new Map<string, number>();
  private total = 0;
  private since = -Infinity;

  /** @param clock ms since 1970 */
  constructor(private readonly clock: () => number) {}

  /** Begins a try. @returns how to take it back when it succeeded; in how many seconds the next may come where there were too many */
  begin(address: string): { readonly succeeded: () => void } | { readonly waitS: number } {
    const now = this.clock();
    if (now < this.since || now >= this.since + WINDOW_MS) this.startWindow(now);
    const own = this.tries.get(address) ?? 0;
    if (own >= TRIES_OF_AN_ADDRESS || this.total >= TRIES) return { waitS: Math.ceil((this.since + WINDOW_MS - now) / 1_000) };
    this.count(address, 1);
    const window = this.since;
    return { succeeded: () => void (window === this.since && this.count(address, -1)) };
  }

  private startWindow(now: number): void {
    this.since = now;
    this.tries = new Map();
    this.total = 0;
  }

  private count(address: string, by: number): void {
    this.total += by;
    this.tries.set(address, (this.tries.get(address) ?? 0) + by);
  }
}
