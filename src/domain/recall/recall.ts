import { assertNever } from '../assert-never.js';
import type { RecallCounts, RecallEvent, RecallRequest, RecallRun } from './recall-events.js';

/** Where a recall stands: what it takes away is away from the first on; LISTED has its rows counted and its runs asked for. */
export const RECALL_STATUSES = ['REQUESTED', 'LISTED'] as const;
export type RecallStatus = (typeof RECALL_STATUSES)[number];

/** A recall as its events tell it. Times are ISO texts. */
export interface Recall {
  readonly recallId: string;
  /** Events so far on its stream. */
  readonly version: number;
  readonly request: RecallRequest;
  readonly actor: string;
  readonly requestedAt: string;
  readonly status: RecallStatus;
  /** Null until its rows are counted. */
  readonly counts: RecallCounts | null;
  readonly runs: readonly RecallRun[];
  readonly liftedAt: string | null;
  readonly liftedBy: string | null;
  readonly liftReason: string | null;
}

/** What the log adds to an event: who and when. */
export interface RecallEventContext {
  readonly recallId: string;
  readonly actor: string;
  readonly recordedAt: string;
}

/** Folds one event into a recall. Throws a TypeError for a first event other than `RecallRequested`: the stream is damaged. */
export function evolveRecall(recall: Recall | undefined, event: RecallEvent, context: RecallEventContext): Recall {
  const { recallId, actor, recordedAt } = context;
  if (event.type === 'RecallRequested') {
    const later = { counts: null, runs: [], liftedAt: null, liftedBy: null, liftReason: null };
    return { recallId, version: 1, request: event.data, actor, requestedAt: recordedAt, status: 'REQUESTED', ...later };
  }
  if (recall === undefined) throw new TypeError(`the stream of recall ${recallId} begins with ${event.type}, expected RecallRequested`);
  return { ...recall, ...changeOf(event, context), version: recall.version + 1 };
}

function changeOf(event: Exclude<RecallEvent, { type: 'RecallRequested' }>, { actor, recordedAt }: RecallEventContext): Partial<Recall> {
  switch (event.type) {
    case 'RecallListed':
      return { status: 'LISTED', counts: event.data.counts, runs: event.data.runs };
    case 'RecallLifted':
      return { liftedAt: recordedAt, liftedBy: actor, liftReason: event.data.reason ?? null };
    default:
      return assertNever(event);
  }
}
