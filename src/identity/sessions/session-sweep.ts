import { endsWithin } from '../../ends-within.js';
import type { SessionStore } from './session-store.js';

/** ms between two sweeps. */
const EVERY_MS = 3_600_000;
/** ms in which a sweep under way is waited for when the process ends. */
const FAREWELL_MS = 500;

/** What a sweep is made of. */
export interface SessionSweepParts {
  readonly store: Pick<SessionStore, 'forgetEnded'>;
  /** ms for which a session is kept after its end. */
  readonly keptMs: number;
  /** ms since 1970. */
  readonly clock: () => number;
  readonly onForgotten: (count: number) => void;
  readonly onFailure: (error: unknown) => void;
  readonly everyMs?: number;
}

/** Lets sessions go that have been over for long enough: at the start, and again each hour. Several processes may sweep; each finds what is left. */
export class SessionSweep {
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(private readonly parts: SessionSweepParts) {}

  start(): void {
    this.sweeping = this.sweep().finally(() => {
      if (!this.stopped) this.timer = setTimeout(() => this.start(), this.parts.everyMs ?? EVERY_MS);
    });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await endsWithin(FAREWELL_MS, this.sweeping);
  }

  private async sweep(): Promise<void> {
    const { store, keptMs, clock, onForgotten, onFailure } = this.parts;
    try {
      const count = await store.forgetEnded(new Date(clock() - keptMs));
      if (count > 0) onForgotten(count);
    } catch (error) {
      onFailure(error);
    }
  }
}
