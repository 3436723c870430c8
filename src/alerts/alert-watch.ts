import type { ConditionWatch } from './condition-watch.js';
import type { AlertFollower } from './follower.js';
import type { AlertSender } from './sender.js';
import { endsWithin } from '../ends-within.js';

/** What a watch is made of. */
export interface AlertWatchParts {
  readonly follower: Pick<AlertFollower, 'step'>;
  readonly conditions: Pick<ConditionWatch, 'seen'>;
  readonly sender: Pick<AlertSender, 'sendDue'>;
  /** ms between two looks. */
  readonly everyMs: number;
  readonly onFailure: (what: 'alerts' | 'sending alerts', error: unknown) => void;
}

/** Raises and sends, again and again, until it is stopped. What fails is tried again at the next look: a database that is away is no reason to end. */
export class AlertWatch {
  private readonly stopping = new AbortController();
  private readonly sending = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();

  constructor(private readonly parts: AlertWatchParts) {}

  start(): void {
    this.looking = this.look().finally(() => {
      if (!this.stopping.signal.aborted) this.timer = setTimeout(() => this.start(), this.parts.everyMs);
    });
  }

  /** Lets a message that is being sent be sent, for `graceMs`; what is not sent by then is sent by the next process. */
  async stop(graceMs: number): Promise<void> {
    this.stopping.abort();
    clearTimeout(this.timer);
    if (await endsWithin(graceMs, this.looking)) return;
    this.sending.abort();
    await endsWithin(LAST_WORD_MS, this.looking);
  }

  private async look(): Promise<void> {
    const { follower, conditions, sender, onFailure } = this.parts;
    try {
      const seen = await conditions.seen();
      while ((await follower.step(seen)) && !this.stopping.signal.aborted);
    } catch (error) {
      onFailure('alerts', error);
    }
    try {
      while (!this.stopping.signal.aborted && (await sender.sendDue(this.sending.signal)) > 0);
    } catch (error) {
      onFailure('sending alerts', error);
    }
  }
}

/** ms in which a try that was ended is noted. */
const LAST_WORD_MS = 500;
