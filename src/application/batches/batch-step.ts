import type { ChunkWork } from '../chunk/chunk-part.js';
import type { BatchAnswers, Deps, Generator, ModelBatches, StoredBatch } from '../ports.js';
import { beginBatch } from './begin-batch.js';
import { lookAtBatch } from './look-at-batch.js';
import { seekBatch } from './seek-batch.js';

/**
 * What comes next for a claimed chunk. WAITS: for its batch, without a lane, a lease or a transaction; STOPPED: the claim is another's by now, or the run was paused; GOES_ON: its users are generated for,
 * with what the batch brought.
 */
export type BatchStep =
  { readonly status: 'WAITS'; readonly ms: number } | { readonly status: 'STOPPED' } | { readonly status: 'GOES_ON'; readonly generator: Generator };

/** What a step is made with. */
export type BatchDeps = Pick<Deps, 'newKey' | 'records' | 'runs' | 'settings' | 'transaction'>;

/** A chunk of a run by batch, and what it is asked with. */
export interface BatchWork extends ChunkWork {
  readonly batches: ModelBatches;
}

/** Orders of a chunk that never reached the provider, after which its users are asked by calls. */
const MAX_KEYS = 8;

/** Takes a claimed chunk one step on its way to the provider and back. Of a run that asks by calls it says to go on, and reads nothing. */
export async function batchStep(deps: BatchDeps, work: ChunkWork): Promise<BatchStep> {
  const { claim, generator, program } = work;
  const { batches } = generator;
  if (claim.asked.mode !== 'BATCH' || batches === undefined || !batches.asks(program)) return { status: 'GOES_ON', generator };
  const batched = { ...work, batches };
  const known = await deps.transaction((tx) => tx.batches.ofChunk(claim));
  const open = known.find(({ state }) => state === 'PREPARED' || state === 'SENT');
  if (open !== undefined) return stepOf(deps, batched, open);
  const mayBegin = known.length < MAX_KEYS && known.every(({ ended }) => ended === 'NOT_SENT');
  return mayBegin ? beginBatch(deps, batched) : goesOn(batched);
}

function stepOf(deps: BatchDeps, work: BatchWork, open: StoredBatch): Promise<BatchStep> {
  return open.state === 'PREPARED' ? seekBatch(deps, work, open) : lookAtBatch(deps, work, open);
}

/** Goes on with what a batch brought, or without a batch. */
export function goesOn({ batches }: Pick<BatchWork, 'batches'>, answers: BatchAnswers = new Map()): BatchStep {
  return { status: 'GOES_ON', generator: batches.answered(answers) };
}

/** Waits for the next look, which comes no later than the end of the wait. */
export function waits({ pollMs }: ModelBatches, until: Date, now: Date): BatchStep {
  const left = until.getTime() - now.getTime();
  return { status: 'WAITS', ms: left > 0 ? Math.min(pollMs, left) : pollMs };
}
