import { lowDayOf } from '../../domain/advice/low-day.js';
import type { GeneratorName, Outcome, Trace, SkipReason } from '../../domain/outcome.js';
import type { Program } from '../../domain/program.js';
import type { ClaimedChunk, Generated, Generator, InterventionBatch, Patient } from '../ports.js';
import { reasonsToSkip } from '../../domain/eligibility.js';

/** A claimed chunk and what it is worked on with. */
export interface ChunkWork {
  readonly claim: ClaimedChunk;
  readonly program: Program;
  readonly generator: Generator;
  /** The state of recalls that its advice is made under. */
  readonly recalls: number;
}

/** What becomes of a user: advice, a failure, reasons for none, or nothing yet because the generator is away. */
type Judgement = Generated | { readonly status: 'skipped'; readonly reasons: readonly SkipReason[] };

/** Judges a patient's standing and generates for the eligible. A generator that throws has failed this user and no other. */
export function judgePatient(work: ChunkWork, { standing, inputs }: Patient, signal: AbortSignal): Judgement | Promise<Judgement> {
  const reasons = reasonsToSkip(standing, work.program, work.claim.asked.onExisting === 'REGENERATE' || work.claim.asked.shadow);
  if (reasons.length > 0) return { status: 'skipped', reasons };
  try {
    const generated = work.generator.generate(inputs, work.program, signal, work.claim.runId);
    return generated instanceof Promise ? generated.catch(() => CRASHED) : generated;
  } catch {
    return CRASHED; // the error's text may quote a record: the code is all that leaves here
  }
}

const CRASHED: Generated = { status: 'failed', code: 'GENERATOR_ERROR', retryable: false, attempts: 1 };

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

  add(userId: number, verdict: Exclude<Judgement, { status: 'unavailable' }>): void {
    this.judged.push(this.settle(userId, verdict));
  }

  private settle(userId: number, verdict: Exclude<Judgement, { status: 'unavailable' }>): Judged {
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
