import { afterLook } from '../../domain/run/batch-lateness.js';
import type { StoredBatch } from '../ports.js';
import { goesOn, timeFor, waits, type BatchDeps, type BatchStep, type BatchWork } from './batch-work.js';
import { endBatch } from './end-batch.js';

/** Share of the time that a batch may take to be cancelled, after which it is looked at again. */
const CANCEL_LOOKS = 4;

/** Looks at a batch at the provider: waits for it, or goes on with what it brought. One that is not back in time is cancelled, and read as far as it came. */
export async function lookAtBatch(deps: BatchDeps, work: BatchWork, batch: StoredBatch): Promise<BatchStep> {
  const { batches, claim, signal } = work;
  const asked = await deps.transaction((tx) => tx.now());
  const looked = await batches.look(batch, signal, AbortSignal.timeout(timeFor(batches, batch.waitUntil, asked)));
  if (signal.aborted) return { status: 'STOPPED' }; // what was cut off says nothing of the provider
  switch (looked.status) {
    case 'ENDED': {
      const { answers, answered, costMicros, isWhole } = looked;
      const end = isWhole ? 'COMPLETED' : batch.cancelAskedAt !== null ? 'LATE' : 'EXPIRED';
      const isMine = await endBatch(deps, claim, batch, { end, answered, spentMicros: costMicros });
      return isMine ? goesOn(work, answers) : { status: 'STOPPED' };
    }
    case 'FAILED':
    case 'UNREADABLE':
    case 'GONE': {
      // Of a batch that the provider does not know any more, or whose files it does not give out, it is not known what it cost.
      const spentMicros = looked.status === 'FAILED' ? 0 : batch.reservedMicros;
      const isMine = await endBatch(deps, claim, batch, { end: looked.status, answered: 0, spentMicros });
      return isMine ? goesOn(work) : { status: 'STOPPED' };
    }
    default:
      return unlessLate(deps, work, batch, looked.status === 'AWAY');
  }
}

async function unlessLate(deps: BatchDeps, work: BatchWork, batch: StoredBatch, isAway: boolean): Promise<BatchStep> {
  const { batches, claim } = work;
  const { cancelMs } = batches;
  const now = await deps.transaction((tx) => tx.now());
  switch (afterLook({ ...batch, now, cancelMs, isAway })) {
    case 'WAIT':
      return waits(batches, batch.waitUntil, now);
    case 'GIVE_UP': {
      const isMine = await endBatch(deps, claim, batch, { end: 'LATE', answered: 0, spentMicros: null });
      return isMine ? goesOn(work) : { status: 'STOPPED' };
    }
    default: {
      await deps.transaction((tx) => tx.batches.cancelAsked(batch.key));
      if (batch.providerId !== null) await batches.cancel(batch.providerId);
      return { status: 'WAITS', ms: Math.min(batches.pollMs, Math.ceil(cancelMs / CANCEL_LOOKS)) };
    }
  }
}
