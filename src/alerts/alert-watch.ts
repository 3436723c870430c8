import type { AlertFollower, Conditions } from './follower.js';
import type { AlertSender } from './sender.js';
import { Repeating } from '../base/repeating.js';
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
  /** One for each channel. */
  readonly senders: readonly Pick<AlertSender, 'sendDue'>[];
  /** ms between two looks. */
  readonly everyMs: number;
  readonly onFailure: (what: 'alerts' | 'sending alerts', error: unknown) => void;
}

/** Raises and sends, again and again, until it is stopped. What fails is tried again at the next look: a database that is away is no reason to end. */
export class AlertWatch {
  private readonly sending = new AbortController();
  // Each by itself: what is sent to may take its time for every message, and meanwhile alerts are raised, and sent by other channels.
  private readonly work: readonly Repeating[];

  constructor({ follower, conditions, senders, everyMs, onFailure }: AlertWatchParts) {
    const raise = async (stopping: AbortSignal): Promise<void> => {
      const seen = await conditions.seen();
      while ((await follower.step(seen)) && !stopping.aborted);
    };
    const send = (sender: Pick<AlertSender, 'sendDue'>) => async (stopping: AbortSignal) => {
      while (!stopping.aborted && (await sender.sendDue(this.sending.signal)) > 0);
    };
    this.work = [
      new Repeating({ work: raise, everyMs, onFailure: (error) => onFailure('alerts', error) }),
      ...senders.map((sender) => new Repeating({ work: send(sender), everyMs, onFailure: (error) => onFailure('sending alerts', error) })),
    ];
  }

  start(): void {
    for (const each of this.work) each.start();
  }

  /** Lets a message that is being sent be sent, for `graceMs`; what is not sent by then is sent by the next process. */
  async stop(graceMs: number): Promise<void> {
    if (await this.ended(graceMs)) return;
    this.sending.abort();
    await this.ended(LAST_WORD_MS);
  }

  private async ended(withinMs: number): Promise<boolean> {
    const ended = await Promise.all(this.work.map((each) => each.stop(withinMs)));
    return ended.every(Boolean);
  }
}

/** ms in which a try that was ended is noted. */
const LAST_WORD_MS = 500;
