import { isPassing } from './transient.js';

/**
 * Works as long as it takes: after a fault of the database that passes by itself it begins anew, `waitMs` later. Undefined when `signal` aborts first.
 * @throws every other fault, at once: it would be the same the next time
 */
export async function throughPassingFaults<T>(
  work: () => Promise<T>,
  { signal, waitMs }: { readonly signal: AbortSignal; readonly waitMs: number },
): Promise<T | undefined> {
  while (!signal.aborted) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
  return undefined;
}
