import type { ExecutionResult } from 'graphql';
import { Departure } from './departure.js';
import type { OperationCall, OperationRunner } from './operation-runner.js';
import type { Results } from './map-results.js';

/**
 * An operation of any kind as a stream of its results, for transports that can be told to stop: `return` tells the operation that its client has gone, and ends the
 * subscription, at once and not after a pending `next`. Nothing runs before the first `next`.
 */
export function resultsOf<Ctx>(run: OperationRunner<Ctx>, asked: Omit<OperationCall<Ctx>, 'client'>): Results {
  const client = new Departure();
  // Let go once it runs: what its loaders have loaded must not wait for the reader of the answer.
  let call: typeof asked | undefined = asked;
  const done = { value: undefined, done: true } as const;
  let subscription: Results | undefined;
  const results: Results = {
    async next(): Promise<IteratorResult<ExecutionResult, void>> {
      if (client.isOver) return done;
      if (subscription !== undefined) return subscription.next();
      if (call === undefined) return done;
      const running = run({ ...call, client });
      call = undefined;
      const result = await running;
      if (!(Symbol.asyncIterator in result)) return { value: result, done: false };
      subscription = result;
      if (!client.isOver) return subscription.next();
      // The client left while the source was being opened.
      await subscription.return();
      return done;
    },
    async return() {
      client.leave();
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
