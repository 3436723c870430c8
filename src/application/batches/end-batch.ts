import type { BatchEnd, ModelBatchEvent } from '../../domain/run/ask-mode.js';
import { chunkStream } from '../../domain/run/stream-names.js';
import type { ClaimedChunk, HeldChunk, StoredBatch, Transaction } from '../ports.js';
import type { BatchDeps } from './batch-work.js';

/** How a batch ended. */
export interface Ending {
  readonly end: BatchEnd;
  readonly answered: number;
  /** What it cost; null where that is not known: then what was set aside stays charged. */
  readonly spentMicros: number | null;
  /** ms after which it is sought at the provider once more, and then cleaned up. Default: it is cleaned up at once. */
  readonly cleanUpAfterMs?: number;
}

/** Notes how a batch ended, in the log and beside it, once. @returns false where the claim is another's by now */
export function endBatch(
  deps: Pick<BatchDeps, 'settings' | 'transaction'>,
  claim: ClaimedChunk,
  batch: StoredBatch,
  ending: Ending,
): Promise<boolean> {
  // prettier-ignore
  const { key, lines, reservedMicros } = batch;
  const { end, answered, spentMicros, cleanUpAfterMs = 0 } = ending;
  return deps.transaction(async (tx) => {
    const held = await tx.chunks.hold(claim);
    if (held === undefined) return false;
    const isFirst = await tx.batches.ended(key, { end, spentMicros });
    // The answers stay until the chunk is done.
    if (answered === 0) await tx.batches.close(key, cleanUpAfterMs);
    if (!isFirst) return true;
    const data = {
      chunk: claim.chunk,
      key,
      end,
      answered,
      unanswered: lines.length - answered,
      chargedMicros: spentMicros ?? reservedMicros,
    };
    await tellOfBatch(tx, claim, { held, actor: deps.settings.workerId, event: { type: 'ModelBatchEnded', data } });
    return true;
  });
}

/** Appends what happened to a batch to its chunk's stream. The caller holds the claim. */
export async function tellOfBatch(
  tx: Transaction,
  claim: ClaimedChunk,
  { held, actor, event }: { readonly held: HeldChunk; readonly actor: string; readonly event: ModelBatchEvent },
): Promise<void> {
  const { runId, month, chunk } = claim;
  const target = { stream: chunkStream(runId, chunk), expectedVersion: held.version, month, runId, actor, correlationId: runId };
  const { lastVersion } = await tx.log.append(target, [event]);
  await tx.chunks.noted(claim, lastVersion);
}
