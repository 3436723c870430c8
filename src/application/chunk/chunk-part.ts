import { lowDayOf } from '../../domain/advice/low-day.js';
import type { GeneratorName, Outcome, Trace } from '../../domain/outcome.js';
import type { Generated, InterventionBatch } from '../ports.js';
import type { Verdict } from './judge-patient.js';

/** What an advice leaves behind once its row is encoded. `row` is its place in the batch. */
export interface Advised {
  readonly row: number;
  readonly attempts: number;
  readonly durationMs: number;
  readonly fallbackOf?: GeneratorName;
  readonly generator?: GeneratorName;
  readonly trace?: Trace;
  /** Whether the day was low in FODMAPs; absent for a program that counts no foods. */
  readonly lowDay?: boolean;
}

/** A user's outcome that is settled, or advice whose row may still meet another. */
export type Judged = { readonly userId: number; readonly outcome: Outcome } | { readonly userId: number; readonly advised: Advised };

/** Users of a chunk who are judged and not yet written: all of it where advice costs nothing, a few where it is dear. */
export class ChunkPart {
  readonly judged: Judged[] = [];
  /** @param began when work on it began, by the clock that tells how long something took */
  constructor(
    readonly batch: InterventionBatch,
    readonly began: number,
  ) {}

  get users(): number {
    return this.judged.length;
  }

  add(userId: number, verdict: Exclude<Verdict, { status: 'unavailable' }>): void {
    this.judged.push(this.settle(userId, verdict));
  }

  private settle(userId: number, verdict: Exclude<Verdict, { status: 'unavailable' }>): Judged {
    if (verdict.status === 'skipped') return { userId, outcome: { type: 'UserSkipped', data: { reasons: verdict.reasons } } };
    if (verdict.status === 'failed') return failed(userId, verdict);
    const row = this.batch.size;
    this.batch.add(userId, verdict.row);
    return { userId, advised: advisedOf(verdict, row) };
  }
}

function advisedOf(
  { attempts, durationMs, fallbackOf, generator, trace, row: { inputFodmapCount } }: Extract<Generated, { status: 'generated' }>,
  row: number,
): Advised {
  const lowDay = lowDayOf(inputFodmapCount);
  const advised = lowDay === undefined ? { row, attempts, durationMs } : { row, attempts, durationMs, lowDay };
  return trace === undefined ? advised : { ...advised, ...(fallbackOf && { fallbackOf }), ...(generator && { generator }), trace };
}

function failed(userId: number, { code, retryable, attempts, trace }: Extract<Generated, { status: 'failed' }>): Judged {
  return { userId, outcome: { type: 'UserFailed', data: { code, retryable, attempts, ...trace } } };
}
