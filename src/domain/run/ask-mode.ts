/** How a run asks a language model: each patient by a call, or all of a chunk by a batch at the provider, which costs less and takes longer. */
export const ASK_MODES = ['CALLS', 'BATCH'] as const;
export type AskMode = (typeof ASK_MODES)[number];

/**
 * How a batch ended for a run. COMPLETED, EXPIRED (it ended before every line had its turn) and FAILED (before the first) are the provider's ends. LATE: it was not back in time. GONE: the provider does
 * not know it any more. REFUSED: the endpoint takes no such batch. NOT_SENT: it never got there. UNLISTED: it may have got there, and the endpoint cannot tell.
 * UNREADABLE: it ended, and its files are not given out.
 */
export const BATCH_ENDS = ['COMPLETED', 'EXPIRED', 'FAILED', 'LATE', 'GONE', 'REFUSED', 'NOT_SENT', 'UNLISTED', 'UNREADABLE'] as const;
export type BatchEnd = (typeof BATCH_ENDS)[number];

/** What stands on a chunk's stream about a batch: our own key of it, before it is sent, and what it came to. */
export type ModelBatchEvent =
  | {
      readonly type: 'ModelBatchPrepared';
      readonly data: {
        readonly chunk: number;
        readonly key: string;
        readonly requests: number;
        readonly reservedMicros: number;
        /** ISO time until which it is waited for. */
        readonly waitUntil: string;
      };
    }
  | {
      readonly type: 'ModelBatchEnded';
      readonly data: {
        readonly chunk: number;
        readonly key: string;
        readonly end: BatchEnd;
        readonly answered: number;
        readonly unanswered: number;
        /** What the run was charged for it; of one whose cost is not known what was set aside. */
        readonly chargedMicros: number;
      };
    };

/** What decides how long a batch is waited for. */
export interface WaitFacts {
  readonly now: Date;
  /** ms that the provider takes at most. */
  readonly windowMs: number;
  /** When the advice is to be there; undefined where nothing says so. */
  readonly readyBy: Date | undefined;
  /** When the schedule comes due again; undefined without one. */
  readonly nextSlot: Date | undefined;
  /** ms that the same takes by calls, and what else comes after the wait. */
  readonly afterwardsMs: number;
}

/** Until when a batch is waited for: so that what is not back can still be asked by calls before the advice is to be there, and before the schedule's next slot. */
export function waitUntil({ now, windowMs, readyBy, nextSlot, afterwardsMs }: WaitFacts): Date {
  const ends = [readyBy, nextSlot].flatMap((end) => (end === undefined ? [] : [end.getTime() - afterwardsMs]));
  return new Date(Math.min(now.getTime() + windowMs, ...ends));
}
