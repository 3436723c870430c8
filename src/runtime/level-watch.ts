import type pg from 'pg';
import { outgrown, outgrownSentence } from '../migrations/program-level.js';

/** Looks now and then whether a newer release has migrated the schema under a process, into one that it cannot work on. */
export class LevelWatch {
  /** Settles with the sentence, and never where that does not happen. */
  readonly outgrown: Promise<string>;
  private settle: (sentence: string) => void = () => undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly pool: Pick<pg.Pool, 'query'>,
    private readonly everyMs: number,
  ) {
    this.outgrown = new Promise((resolve) => (this.settle = resolve));
  }

  start(): void {
    this.timer = setInterval(() => void this.look(), this.everyMs);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** A database that does not answer says nothing about its schema. */
  private async look(): Promise<void> {
    const found = await outgrown(this.pool).catch(() => undefined);
    if (found === undefined) return;
    this.stop();
    this.settle(outgrownSentence(found).text);
  }
}
