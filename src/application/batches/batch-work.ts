import type { ChunkWork } from '../chunk/judge-chunk.js';
import type { BatchAnswers, Deps, Generator, ModelBatches } from '../ports.js';

/**
 * What comes next for a claimed chunk. WAITS: for its batch, without a lane, a lease or a transaction; STOPPED: the claim is another's by now, or the run was paused; GOES_ON: its users are generated for,
 * with what the batch brought.
 */
export type BatchStep =
  | { readonly status: 'WAITS'; readonly ms: number }
  | { readonly status: 'STOPPED' }
  | { readonly status: 'GOES_ON'; readonly generator: Generator };

/** What a step is made with. */
export type BatchDeps = Pick<Deps, 'candidates' | 'rollouts' | 'newKey' | 'records' | 'runs' | 'settings' | 'transaction' | 'words'>;

/** A chunk of a run by batch, and what it is asked with. */
export interface BatchWork extends Omit<ChunkWork, 'recalls'> {
  readonly batches: ModelBatches;
  /** Aborts when the claim is lost or the process stops: what is on its way to the provider is cut off. */
  readonly signal: AbortSignal;
}

/** Goes on with what a batch brought, or without a batch. */
export function goesOn({ batches }: Pick<BatchWork, 'batches'>, answers: BatchAnswers = new Map()): BatchStep {
  return { status: 'GOES_ON', generator: batches.answered(answers) };
}

/** Waits for the next look, which comes no later than the end of the wait. */
export function waits({ pollMs }: Pick<ModelBatches, 'pollMs'>, until: Date, now: Date): BatchStep {
  const left = until.getTime() - now.getTime();
  return { status: 'WAITS', ms: left > 0 ? Math.min(pollMs, left) : pollMs };
}

/**
 * ms for a question about a batch, such as how it stands: no longer than it is waited for, so that an answer without an end makes no night late. What one brought that
 * has ended is paid for: reading it may take longer, as long as any file. Never longer than a provider takes at most: a time to come that a clock wrote which was ahead by
 * weeks is more than a timer holds.
 */
export function timeFor({ windowMs, cancelMs }: Pick<ModelBatches, 'windowMs' | 'cancelMs'>, until: Date, now: Date): number {
  return Math.max(Math.min(until.getTime() - now.getTime(), windowMs), cancelMs);
}
