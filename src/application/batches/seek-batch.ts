import type { StoredBatch } from '../ports.js';
import { noteSent } from './begin-batch.js';
import { goesOn, timeFor, waits, type BatchDeps, type BatchStep, type BatchWork } from './batch-work.js';
import { endBatch } from './end-batch.js';
import { lookAtBatch } from './look-at-batch.js';

/**
 * Looks at the provider for a batch of which it is not known whether it got there: its process died, or the answer was lost. Nothing is sent again before that. Where the endpoint cannot list, what was set aside
 * stays charged, and the run asks by calls.
 */
export async function seekBatch(deps: BatchDeps, work: BatchWork, batch: StoredBatch): Promise<BatchStep> {
  const { batches, claim, signal } = work;
  const now = await deps.transaction((tx) => tx.now());
  const isLate = now.getTime() >= batch.waitUntil.getTime();
  const found = await batches.search(batch.key, signal, AbortSignal.timeout(timeFor(batches, batch.waitUntil, now)));
  if (signal.aborted) return { status: 'STOPPED' };
  switch (found.status) {
    case 'FOUND': {
      if (!(await noteSent(deps, work, batch.key, found.providerId))) return { status: 'STOPPED' };
      return lookAtBatch(deps, work, { ...batch, state: 'SENT', providerId: found.providerId });
    }
    case 'AWAY': {
      if (!isLate) return waits(batches, batch.waitUntil, now);
      const isMine = await endBatch(deps, claim, batch, { end: 'LATE', answered: 0, spentMicros: null });
      return isMine ? goesOn(work) : { status: 'STOPPED' };
    }
    case 'CANNOT_LIST': {
      const isMine = await endBatch(deps, claim, batch, { end: 'UNLISTED', answered: 0, spentMicros: batch.reservedMicros });
      return isMine ? goesOn(work) : { status: 'STOPPED' };
    }
    default: {
      // An order may still arrive that a process gave away with its last breath.
      if (batch.searches + 1 < batches.vainSearches && !isLate) {
        await deps.transaction((tx) => tx.batches.searched(batch.key));
        return waits(batches, batch.waitUntil, now);
      }
      // Should it have been on its way for longer than that, it is found when this is cleaned up, ended there, and charged.
      const cleanUpAfterMs = batches.vainSearches * batches.pollMs;
      const isMine = await endBatch(deps, claim, batch, { end: 'NOT_SENT', answered: 0, spentMicros: 0, cleanUpAfterMs });
      return isMine ? { status: 'WAITS', ms: 0 } : { status: 'STOPPED' };
    }
  }
}
