import type { BatchRead, ModelBatches, StoredBatch } from '../../../application/ports.js';
import { failureIn } from '../model-failure.js';
import type { BatchEndpoint } from './batch-endpoint.js';
import { providerIdOf, type ProviderBatch, type ProviderId } from './provider-batch.js';

/** What cleaning up takes. */
interface CleanUpParts {
  readonly endpoint: BatchEndpoint;
  /** What a batch holds that has ended. */
  readonly read: (batch: ProviderBatch) => Promise<Pick<BatchRead, 'costMicros'>>;
}

/** A batch by its id, where that is known and the provider knows it. */
export async function knownBatch(
  { providerId }: StoredBatch,
  endpoint: Pick<BatchEndpoint, 'get'>,
  signal?: AbortSignal,
): Promise<ProviderBatch | undefined> {
  const id = providerIdOf(providerId);
  return id === undefined ? undefined : endpoint.get(id, signal);
}

/** Of several batches under one key, as where a process woke up late and sent what another had given up, all are seen to. */
export async function cleanUpBatch(stored: StoredBatch, parts: CleanUpParts): ReturnType<ModelBatches['cleanUp']> {
  const { endpoint } = parts;
  let spent: { readonly spentMicros?: number } = {};
  try {
    const known = await knownBatch(stored, endpoint);
    const found = (await endpoint.withKey(stored.key)) ?? [];
    const batches = [...(known === undefined ? [] : [known]), ...found.filter(({ id }) => id !== known?.id)];
    const running = batches.filter(({ state }) => state === 'WAITS');
    for (const { id } of running) await endpoint.cancel(id);
    if (running.length > 0) return { isClean: false }; // what it cost is known when it has ended
    let spentMicros = 0;
    for (const batch of batches) if (batch.state === 'ENDED') spentMicros += await costOf(stored, batch, parts);
    // Of one that cannot be found any more it is not known what it cost.
    const isUnknown = batches.length === 0 && stored.ended !== 'NOT_SENT' && stored.ended !== 'REFUSED';
    spent = { spentMicros: isUnknown ? stored.reservedMicros : spentMicros };
    const files = batches.flatMap(({ inputFile, outputFile, errorFile }) => [inputFile, outputFile, errorFile]);
    return { ...spent, isClean: await removed([...files, ...(await endpoint.filesOf(stored.key))], endpoint) };
  } catch (error) {
    failureIn(error);
    return { ...spent, isClean: false };
  }
}

/** What a batch cost that has ended; all that was set aside where its files are not given out, which must not keep them from being deleted. */
async function costOf(stored: StoredBatch, batch: ProviderBatch, { read }: CleanUpParts): Promise<number> {
  try {
    return (await read(batch)).costMicros;
  } catch (error) {
    if (failureIn(error).kind !== 'BAD_REQUEST') throw error;
    return stored.reservedMicros;
  }
}

/** Deletes files, each whether another one could be deleted or not. @returns whether none is left */
async function removed(files: readonly (ProviderId | undefined)[], endpoint: BatchEndpoint): Promise<boolean> {
  let isClean = true;
  for (const file of new Set(files)) {
    if (file === undefined) continue;
    try {
      await endpoint.remove(file);
    } catch (error) {
      failureIn(error);
      isClean = false;
    }
  }
  return isClean;
}
