import type { Deps } from '../ports.js';

/** Batches that are cleaned up at once. */
const AT_ONCE = 10;

/**
 * Ends at the provider each batch that no chunk waits for any more, deletes its files there, and books what it cost where that was open. What fails is tried again later, by any
 * process; one batch that cannot be seen to keeps none of the others. @throws the first error that is no failure of the provider's, after all were tried
 */
export async function cleanUpBatches({ closingBatches, generators }: Pick<Deps, 'closingBatches' | 'generators'>): Promise<void> {
  const batches = [...generators.values()].find((generator) => generator.batches !== undefined)?.batches;
  if (batches === undefined) return;
  const restMs = Math.min(batches.pollMs, batches.cancelMs); // one that was cancelled has ended by then
  const errors: unknown[] = [];
  for (const batch of await closingBatches.take(AT_ONCE, restMs)) {
    try {
      const { spentMicros, isClean } = await batches.cleanUp(batch);
      if (spentMicros !== undefined) await closingBatches.settled(batch.key, spentMicros);
      if (isClean) await closingBatches.closed(batch.key);
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}
