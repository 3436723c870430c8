import type { StoredBatch } from '../ports.js';
import { goesOn, type BatchDeps, type BatchStep, type BatchWork } from './batch-work.js';
import { beginBatch } from './begin-batch.js';
import { lookAtBatch } from './look-at-batch.js';
import { seekBatch } from './seek-batch.js';

/** Orders of a chunk that never reached the provider, after which its users are asked by calls. */
const MAX_KEYS = 8;

/** Takes a claimed chunk one step on its way to the provider and back. Of a run that asks by calls it says to go on, and reads nothing. */
export async function batchStep(deps: BatchDeps, work: Omit<BatchWork, 'batches'>): Promise<BatchStep> {
  const { claim, generator, program } = work;
  const { batches } = generator;
  if (claim.asked.mode !== 'BATCH' || batches === undefined || !batches.asks(program)) return { status: 'GOES_ON', generator };
  const batched = { ...work, batches };
  const known = await deps.transaction((tx) => tx.batches.ofChunk(claim));
  const open = known.find(({ state }) => state === 'PREPARED' || state === 'SENT');
  if (open !== undefined) return stepOf(deps, batched, open);
  const mayBegin = known.length < MAX_KEYS && known.every(({ ended }) => ended === 'NOT_SENT');
  return mayBegin ? beginBatch(deps, batched, known.length) : goesOn(batched);
}

function stepOf(deps: BatchDeps, work: BatchWork, open: StoredBatch): Promise<BatchStep> {
  return open.state === 'PREPARED' ? seekBatch(deps, work, open) : lookAtBatch(deps, work, open);
}
