import type { Logger } from '../http/options.js';

/** Refusals that are logged one by one in a minute; of more, their number. */
const MAX_TOLD = 30;
const WINDOW_MS = 60_000;

/**
 * Logs sign-ins that were refused, few enough that strangers, who can have any number of them, cannot push a night out of the log: the first of a minute one by
 * one, then how many more there were, with the first of a later minute.
 */
export class RefusalsTold {
  private since = -Infinity;
  private told = 0;
  private untold = 0;

  /** @param clock ms since 1970 */
  constructor(
    private readonly logger: Pick<Logger, 'warn'>,
    private readonly clock: () => number,
  ) {}

  tell(fields: object, message: string): void {
    const now = this.clock();
    if (now < this.since || now >= this.since + WINDOW_MS) this.begin(now);
    this.told += 1;
    if (this.told > MAX_TOLD) this.untold += 1;
    else this.logger.warn(fields, message);
  }

  private begin(now: number): void {
    if (this.untold > 0) this.logger.warn({ count: this.untold }, 'more sign-ins were refused, and are not told one by one');
    [this.since, this.told, this.untold] = [now, 0, 0];
  }
}
