/** ms of requests that begin as they come; what comes in the same burst after that waits. */
const MAX_AT_ONCE_MS = 20;
/** Looks in a row that may bring requests before one of those that wait begins all the same. */
const MAX_LOOKS = 16;

/**
 * Has requests begin in the order in which they came, and the process take in what else arrives before each of them: a health check is answered between.
 * A burst is otherwise begun as it is read, a connection at a time, and what comes behind it is not even accepted: 3,000 streams opened at once kept a process silent for
 * seconds, each of them for less than a ms. Costs nothing where requests come singly.
 */
export class Turns {
  private readonly waiting: (() => void)[] = [];
  /** When the burst that is under way began. */
  private since: number | undefined;
  /** One was let begin and has not run yet: what is read with it, as all that a WebSocket sent at once, has taken no time so far. */
  private isBeginning = false;
  private arrived = 0;
  private loud = 0;

  /** @param mostMs ms of requests of a burst that begin as they come */
  constructor(private readonly mostMs = MAX_AT_ONCE_MS) {}

  /** @returns when a request may begin: undefined for at once */
  take(): Promise<void> | undefined {
    this.arrived += 1;
    if (this.since === undefined) {
      this.since = performance.now();
      setImmediate(this.look);
      return this.begin();
    }
    const isEarly = !this.isBeginning && this.waiting.length === 0 && performance.now() - this.since < this.mostMs;
    return isEarly ? this.begin() : new Promise((resolve) => this.waiting.push(resolve));
  }

  private begin(): undefined {
    this.isBeginning = true;
    queueMicrotask(() => (this.isBeginning = false));
  }

  /** After what has arrived was read: one that waits begins where nothing came, or too much. Without any the burst is over. */
  private readonly look = (): void => {
    const isQuiet = this.arrived === 0;
    this.arrived = 0;
    this.loud = isQuiet ? 0 : this.loud + 1;
    const next = isQuiet || this.loud >= MAX_LOOKS ? this.waiting.shift() : undefined;
    if (isQuiet && next === undefined) {
      this.since = undefined;
      return;
    }
    setImmediate(this.look);
    if (next === undefined) return;
    this.loud = 0;
    next();
  };
}
