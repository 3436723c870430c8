/** Tries to sign in of one address in a minute that may fail. */
const TRIES_OF_AN_ADDRESS = 10;
/** Addresses that are counted at once: some megabytes. */
const MAX_ADDRESSES = 20_000;
const WINDOW_MS = 60_000;

/** Tries of all addresses together in a minute that may fail where each of them asks another system; beyond them each address has `TRIES_IN_A_CROWD`. */
export const TRIES_AT_A_PROVIDER = 300;
/** Tries of an address that may fail in a minute in which strangers used up those of all: a few people of one office who come back at once. */
export const TRIES_IN_A_CROWD = 3;

/**
 * Counts tries to sign in, of each address, in windows of a minute. A try that succeeds is taken back, so that many people behind one address do not lock
 * each other out. Secrets of 256 bits are not guessed in any number of tries: this keeps the work small that strangers can ask for.
 *
 * Addresses can be made up where a proxy passes on what clients say. So what all of them did together keeps no caller out that shows a key or a token: to find out
 * whose it is costs no more than with any other request. Where another system does the work, which might come to refuse this service, a crowd makes the
 * allowance of each address smaller, and never nothing: an address that has not failed is let in, however many strangers did.
 */
export class SignInLimits {
  private tries = new Map<string, number>();
  private total = 0;
  private since = -Infinity;

  /** @param clock ms since 1970 @param most tries of all addresses together in a minute that may fail before each has fewer */
  constructor(
    private readonly clock: () => number,
    private readonly most = Infinity,
  ) {}

  /** Begins a try. @returns how to take it back when it did not fail; in how many seconds the next may come where there were too many */
  begin(address: string): { readonly takeBack: () => void } | { readonly waitS: number } {
    const now = this.clock();
    if (now < this.since || now >= this.since + WINDOW_MS) this.startWindow(now);
    const own = this.tries.get(address) ?? 0;
    const allowed = this.total < this.most ? TRIES_OF_AN_ADDRESS : TRIES_IN_A_CROWD;
    if (own >= allowed) return { waitS: Math.ceil((this.since + WINDOW_MS - now) / 1_000) };
    this.count(address, 1);
    const window = this.since;
    return { takeBack: () => void (window === this.since && this.count(address, -1)) };
  }

  private startWindow(now: number): void {
    this.since = now;
    this.tries = new Map();
    this.total = 0;
  }

  private count(address: string, by: number): void {
    this.total += by;
    // What finds no room is let by: it is one of too many that were made up, or one whom they shall not keep out.
    if (this.tries.size < MAX_ADDRESSES || this.tries.has(address)) this.tries.set(address, (this.tries.get(address) ?? 0) + by);
  }
}
