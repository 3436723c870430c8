/** How many places there are, and how many may wait for one. */
export interface PlaceLimits {
  /** Places of one caller. */
  readonly each: number;
  /** Places of all together. */
  readonly all: number;
  /** Of one caller, those that may wait. */
  readonly waiting: number;
}

/** A place that is taken. Giving it back twice gives it back once. */
export type GiveBack = () => void;

/** Told to a waiting operation when it needs no place any more. */
export interface Leaving {
  /** Calls back when the waiting is over before its time, with the reason. @returns how to stop listening */
  onStopped(listener: (reason: Error) => void): () => void;
}

interface Waiting {
  readonly caller: string;
  readonly take: (giveBack: GiveBack) => void;
}

/**
 * Places that callers share: each has no more than a share, and who finds none free waits in line. The line is served in the order of coming, past those
 * whose caller has had a full share already, so that a caller who sends a thousand keeps no other caller waiting.
 */
export class Places {
  private readonly taken = new Map<string, number>();
  private readonly line = new Set<Waiting>();
  private readonly waiting = new Map<string, number>();
  private total = 0;

  constructor(private readonly limits: PlaceLimits) {}

  /** How many a caller has, and how many are taken in all. */
  countOf(caller: string): { readonly own: number; readonly all: number } {
    return { own: this.taken.get(caller) ?? 0, all: this.total };
  }

  /** Takes a place that is free now. @returns undefined when there is none */
  takeNow(caller: string): GiveBack | undefined {
    const own = this.taken.get(caller) ?? 0;
    if (own >= this.limits.each || this.total >= this.limits.all) return undefined;
    this.taken.set(caller, own + 1);
    this.total += 1;
    let given = false;
    return () => {
      if (given) return;
      given = true;
      this.giveBack(caller);
    };
  }

  /** Takes a place, or waits for one. @param most of this caller that may wait @returns undefined when so many wait already @throws why the waiting ended */
  take(caller: string, leaving: Leaving, most = this.limits.waiting): GiveBack | Promise<GiveBack> | undefined {
    const now = this.takeNow(caller);
    if (now !== undefined) return now;
    const before = this.waiting.get(caller) ?? 0;
    if (before >= most) return undefined;
    this.waiting.set(caller, before + 1);
    return new Promise((resolve, reject) => {
      let forget: (() => void) | undefined;
      const leave = (): void => {
        this.line.delete(entry);
        count(this.waiting, caller, -1);
      };
      const entry: Waiting = {
        caller,
        take: (giveBack) => {
          leave();
          forget?.();
          resolve(giveBack);
        },
      };
      this.line.add(entry);
      forget = leaving.onStopped((reason) => {
        leave();
        reject(reason);
      });
    });
  }

  private giveBack(caller: string): void {
    count(this.taken, caller, -1);
    this.total -= 1;
    for (const entry of this.line) {
      const place = this.takeNow(entry.caller);
      if (place === undefined) continue;
      entry.take(place);
      return;
    }
  }
}

function count(counts: Map<string, number>, key: string, change: number): void {
  const now = (counts.get(key) ?? 0) + change;
  if (now <= 0) counts.delete(key);
  else counts.set(key, now);
}
