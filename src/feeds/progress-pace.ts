/** Listeners below which every change of percent is told at once: to tell them takes a millisecond. */
const FEW = 100;
/** Within the second in which each of them is to hear. */
const MAX_APART_MS = 900;
/** ms for each listener beyond these: all of them together are sent some 1,700 messages a second, whether they are a hundred or a thousand. */
const MS_EACH = 0.6;

/**
 * ms between two changes of percent that are told, by the number of listeners: 540 for a thousand, 900 from 1,600 on. A message takes some 40 µs here and 25 where
 * it is read, most of it in the write to its socket: at 1,700 a second that is a ninth of a core, and the rest is left to the run. What is told is the newest state.
 */
export function apartMs(listeners: number): number {
  return listeners <= FEW ? 0 : Math.min(MAX_APART_MS, (listeners - FEW) * MS_EACH);
}

/** Does something now, or so long after it was done last; however often it is asked for meanwhile, once. */
class Pace {
  private last = Number.NEGATIVE_INFINITY;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly work: () => void) {}

  /** @param leastMs 0 does it at once, in place of what waits */
  run(leastMs: number): void {
    const waitMs = leastMs === 0 ? 0 : this.last + leastMs - performance.now();
    if (waitMs <= 0) this.now();
    else this.timer ??= setTimeout(() => this.now(), waitMs);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private now(): void {
    this.stop();
    this.last = performance.now();
    this.work();
  }
}

/** Listeners in groups by the time they want between two changes: a group is told in one moment, and so of the same states. */
export class PacedListeners<Listener extends { readonly leastMs: number }> {
  private readonly groups = new Map<number, { readonly listeners: Set<Listener>; readonly pace: Pace }>();

  constructor(private readonly tell: (listeners: ReadonlySet<Listener>) => void) {}

  /** @returns how to leave, once */
  add(listener: Listener): () => void {
    const { leastMs } = listener;
    const listeners = this.groups.get(leastMs)?.listeners ?? new Set<Listener>();
    if (listeners.size === 0) this.groups.set(leastMs, { listeners, pace: new Pace(() => this.tell(listeners)) });
    listeners.add(listener);
    return () => {
      if (!listeners.delete(listener) || listeners.size > 0) return;
      this.groups.get(leastMs)?.pace.stop();
      this.groups.delete(leastMs);
    };
  }

  get none(): boolean {
    return this.groups.size === 0;
  }

  all(): readonly Listener[] {
    return [...this.groups.values()].flatMap(({ listeners }) => [...listeners]);
  }

  /** Tells each group now, or so long after it was told last. @param msOf by what the group wants */
  run(msOf: (leastMs: number) => number): void {
    for (const [leastMs, { pace }] of this.groups) pace.run(msOf(leastMs));
  }

  stop(): void {
    for (const { pace } of this.groups.values()) pace.stop();
  }
}

/** Most states that wait for a listener: a run has a hundred and one percents, and each is told to a listener who takes them. */
export const MAX_WAITING = 101;

/** States that one listener has not taken, in their order. Beyond `MAX_WAITING` each status waits, and of a status the newest: what waits is bounded, and no status is missed. */
export class StatesToTake<State extends { readonly progress: { readonly status: string } }> {
  private readonly waiting: State[] = [];
  private newest: State | undefined;

  put(state: State): void {
    if (state === this.newest) return; // told once more
    this.newest = state;
    const { length } = this.waiting;
    const isSame = length >= MAX_WAITING && this.waiting[length - 1]?.progress.status === state.progress.status;
    this.waiting[isSame ? length - 1 : length] = state;
  }

  take(): State | undefined {
    return this.waiting.shift();
  }
}
