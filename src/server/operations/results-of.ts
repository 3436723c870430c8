import type { ExecutionResult } from 'graphql';
import type { OperationCall, OperationRunner, Results } from './operation-runner.js';

/**
 * An operation of any kind as a stream of its results, for transports that can be told to stop: `return` aborts the call's signal and ends the
 * subscription, at once and not after a pending `next`. Nothing runs before the first `next`.
 */
export function resultsOf<Ctx>(run: OperationRunner<Ctx>, call: Omit<OperationCall<Ctx>, 'signal'>): Results {
  const gone = new AbortController();
  const done = { value: undefined, done: true } as const;
  let subscription: Results | undefined;
  let started = false;
  const results: Results = {
    async next(): Promise<IteratorResult<ExecutionResult, void>> {
      if (gone.signal.aborted) return done;
      if (subscription !== undefined) return subscription.next();
      if (started) return done;
      started = true;
      const result = await run({ ...call, signal: gone.signal });
      if (!(Symbol.asyncIterator in result)) return { value: result, done: false };
      subscription = result;
      if (!gone.signal.aborted) return subscription.next();
      // The client left while the source was being opened.
      await subscription.return();
      return done;
    },
    async return() {
      gone.abort();
      await subscription?.return();
      return done;
    },
    async throw(error: unknown) {
      await results.return();
      throw error;
    },
    [Symbol.asyncIterator]: () => results,
    [Symbol.asyncDispose]: async () => {
      await results.return();
    },
  };
  return results;
}
