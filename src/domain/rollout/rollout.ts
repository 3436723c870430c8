import { assertNever } from '../assert-never.js';
import type { JudgedByArm, RolloutEvent, RolloutRequest, RolloutStop } from './rollout-events.js';

/** Where a rollout stands. RUNNING gives its share the candidate, PROMOTED all users, STOPPED none. */
export const ROLLOUT_STATUSES = ['RUNNING', 'PROMOTED', 'STOPPED'] as const;
export type RolloutStatus = (typeof ROLLOUT_STATUSES)[number];

/** A rollout as its events tell it. Times are ISO texts. */
export interface Rollout {
  readonly rolloutId: string;
  /** Events so far on its stream. */
  readonly version: number;
  readonly status: RolloutStatus;
  readonly request: RolloutRequest;
  readonly actor: string;
  readonly startedAt: string;
  /** As it is now. */
  readonly sharePercent: number;
  /** Rows that were judged apart; null before the first time. */
  readonly judged: JudgedByArm | null;
  readonly judgedAt: string | null;
  /** Its stop without the words of an operator; null while it goes on. */
  readonly stop: Omit<RolloutStop, 'reason'> | null;
  readonly promotedAt: string | null;
  readonly stoppedAt: string | null;
  /** The actor that stopped it, or promoted it where it was not stopped. */
  readonly endedBy: string | null;
  /** Why it was stopped or promoted, in an operator's words. */
  readonly endReason: string | null;
}

/** What the log adds to an event: who and when. */
export interface RolloutEventContext {
  readonly rolloutId: string;
  readonly actor: string;
  readonly recordedAt: string;
}

/** Folds one event into a rollout. Throws a TypeError for a first event other than `RolloutStarted`: the stream is damaged. */
export function evolveRollout(rollout: Rollout | undefined, event: RolloutEvent, context: RolloutEventContext): Rollout {
  const { rolloutId, actor, recordedAt } = context;
  if (event.type === 'RolloutStarted') {
    const { sharePercent } = event.data;
    const later = { judged: null, judgedAt: null, stop: null, promotedAt: null, stoppedAt: null, endedBy: null, endReason: null };
    return { rolloutId, version: 1, status: 'RUNNING', request: event.data, actor, startedAt: recordedAt, sharePercent, ...later };
  }
  if (rollout === undefined) throw new TypeError(`the stream of rollout ${rolloutId} begins with ${event.type}, expected RolloutStarted`);
  return { ...rollout, ...changeOf(event, context), version: rollout.version + 1 };
}

function changeOf(event: Exclude<RolloutEvent, { type: 'RolloutStarted' }>, { actor, recordedAt }: RolloutEventContext): Partial<Rollout> {
  switch (event.type) {
    case 'RolloutShareChanged':
      return { sharePercent: event.data.sharePercent };
    case 'RolloutJudged':
      return { judged: { CANDIDATE: event.data.candidate, IN_FORCE: event.data.inForce }, judgedAt: recordedAt };
    case 'RolloutPromoted':
      return { status: 'PROMOTED', sharePercent: 100, promotedAt: recordedAt, endedBy: actor, endReason: event.data.reason ?? null };
    case 'RolloutStopped': {
      const { reason = null, ...stop } = event.data;
      return { status: 'STOPPED', stop, stoppedAt: recordedAt, endedBy: actor, endReason: reason };
    }
    default:
      return assertNever(event);
  }
}
