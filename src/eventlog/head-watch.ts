import { endsWithin } from '../ends-within.js';
import { writeHead, type LogHead } from './log-heads.js';
import type { Queryable } from './postgres-log.js';

/** ms between two looks at whether a day is over. */
const EVERY_MS = 300_000;
/** ms in which a look under way is waited for when the process ends. */
const FAREWELL_MS = 500;

/** What the watch is made of. */
export interface HeadWatchParts {
  readonly db: Queryable;
  /** Told of each head that this process wrote. */
  readonly onHead: (head: LogHead) => void;
  readonly onFailure: (error: unknown) => void;
  readonly everyMs?: number;
}

/** Writes the head of each day once it is over. Any number of processes may: one of them writes it. */
export class HeadWatch {
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(private readonly parts: HeadWatchParts) {}

  start(): void {
    this.looking = this.look().finally(() => {
      if (!this.stopped) this.timer = setTimeout(() => this.start(), this.parts.everyMs ?? EVERY_MS);
    });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await endsWithin(FAREWELL_MS, this.looking);
  }

  private async look(): Promise<void> {
    try {
      const head = await writeHead(this.parts.db);
      if (head !== undefined) this.parts.onHead(head);
    } catch (error) {
      this.parts.onFailure(error);
    }
  }
}
