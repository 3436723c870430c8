import type { AlertFollower, Conditions } from './follower.js';
import type { AlertSender } from './sender.js';
import { Repeating } from '../repeating.js';
import { CONDITION_KINDS, type ConditionKind } from '../domain/alert/alert.js';

/** Whether each condition holds now; undefined for what could not be found out. */
export type ConditionLook = () => Promise<Readonly<Record<ConditionKind, boolean | undefined>>>;

/** What this process sees of the service's state, and for how long it has been so. A restart of a store is not told of. */
export class ConditionWatch {
  private readonly since = new Map<ConditionKind, { readonly holds: boolean; readonly at: number }>();

  /** @param patienceMs for which something has to hold @param clock ms, monotonic */
  constructor(
    private readonly look: ConditionLook,
    private readonly patienceMs: number,
    private readonly clock: () => number = () => performance.now(),
  ) {}

  /** Looks. @returns what has held for long enough, and what does not hold */
  async seen(): Promise<Conditions> {
    const found = await this.look();
    const now = this.clock();
    const steady = new Map<ConditionKind, boolean>();
    for (const kind of CONDITION_KINDS) {
      const holds = found[kind];
      if (holds === undefined) this.since.delete(kind);
      else if (this.isSteady(kind, holds, now)) steady.set(kind, holds);
    }
    return steady;
  }

  private isSteady(kind: ConditionKind, holds: boolean, now: number): boolean {
    const before = this.since.get(kind);
    const at = before?.holds === holds ? before.at : now;
    this.since.set(kind, { holds, at });
    return !holds || now - at >= this.patienceMs;
  }
}

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
  private readonly sending = new AbortController();
  private readonly looks: Repeating;

  constructor(private readonly parts: AlertWatchParts) {
    const { everyMs, onFailure } = parts;
    this.looks = new Repeating({ work: (stopping) => this.look(stopping), everyMs, onFailure: (error) => onFailure('alerts', error) });
  }

  start(): void {
    this.looks.start();
  }

  /** Lets a message that is being sent be sent, for `graceMs`; what is not sent by then is sent by the next process. */
  async stop(graceMs: number): Promise<void> {
    if (await this.looks.stop(graceMs)) return;
    this.sending.abort();
    await this.looks.stop(LAST_WORD_MS);
  }

  private async look(stopping: AbortSignal): Promise<void> {
    const { follower, conditions, sender, onFailure } = this.parts;
    try {
      const seen = await conditions.seen();
      while ((await follower.step(seen)) && !stopping.aborted);
    } catch (error) {
      onFailure('alerts', error);
    }
    try {
      while (!stopping.aborted && (await sender.sendDue(this.sending.signal)) > 0);
    } catch (error) {
      onFailure('sending alerts', error);
    }
  }
}

/** ms in which a try that was ended is noted. */
const LAST_WORD_MS = 500;
