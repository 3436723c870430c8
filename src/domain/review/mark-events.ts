import type { GeneratorName } from '../outcome.js';
import type { RowKey } from './row-key.js';

/** What a reviewer says of a row. */
export const MARK_VERDICTS = ['FINE', 'UNCLEAR', 'WRONG', 'HARMFUL'] as const;
export type MarkVerdict = (typeof MARK_VERDICTS)[number];

/** A mark, complete. */
export interface MarkData {
  readonly row: RowKey;
  readonly verdict: MarkVerdict;
  /** What of the row the verdict is about. */
  readonly points: readonly string[];
  readonly dishes: readonly string[];
  /** What the row showed: a reviewer has seen it. */
  readonly seenPoints: readonly string[];
  readonly seenDishes: readonly string[];
  readonly generator: GeneratorName;
  readonly vocabulary?: string;
  readonly promptVersion?: string;
  /** A reviewer's note, at most 500 characters. */
  readonly reason?: string;
}

/** What can happen to a mark, on its stream `mark-<id>`. */
export interface MarkEvent {
  readonly type: 'AdviceMarked';
  readonly data: MarkData;
}

/** A mark as its event tells it. The note stays in the log. */
export interface Mark {
  readonly markId: string;
  readonly version: number;
  readonly data: Omit<MarkData, 'reason'>;
  readonly actor: string;
  readonly markedAt: string;
}

/** Folds the event of a mark. @throws TypeError for a second one: the stream is damaged */
export function evolveMark(
  mark: Mark | undefined,
  { data }: MarkEvent,
  context: { readonly markId: string; readonly actor: string; readonly recordedAt: string },
): Mark {
  const { markId, actor, recordedAt: markedAt } = context;
  if (mark !== undefined) throw new TypeError(`mark ${markId} has a second event, expected one`);
  const { reason: _note, ...kept } = data;
  return { markId, version: 1, data: kept, actor, markedAt };
}
