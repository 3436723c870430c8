import { endsWithin } from '../../ends-within.js';
import type { RetentionReport } from './run-retention.js';

/** What retention that goes on by itself is made of. */
export interface RetentionWatchParts {
  readonly run: () => Promise<RetentionReport | { readonly status: 'BUSY' } | { readonly status: 'NO_FOLDER' }>;
  /** ms between two looks. */
  readonly everyMs: number;
  readonly onDone: (report: RetentionReport) => void;
  readonly onFailure: (error: unknown) => void;
}

/** Lets old months go, again and again, until it is stopped. Any number of processes may: one at a time does it, and what one of them did is done for all. */
export class RetentionWatch {
  private stopped = false;
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();

  constructor(private readonly parts: RetentionWatchParts) {}

  start(): void {
    this.looking = this.look().finally(() => {
      if (!this.stopped) this.timer = setTimeout(() => this.start(), this.parts.everyMs);
    });
  }

  /** Lets a month that is on its way go, for `graceMs`; the next process begins with it anew. */
  async stop(graceMs: number): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await endsWithin(graceMs, this.looking);
  }

  private async look(): Promise<void> {
    try {
      const report = await this.parts.run();
      if (report.status === 'DONE') this.parts.onDone(report);
    } catch (error) {
      this.parts.onFailure(error);
    }
  }
}
