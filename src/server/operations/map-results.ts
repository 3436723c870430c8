import type { ExecutionResult } from 'graphql';

/** The results of a subscription. Its `next` may reject: the transport ends this operation with an error, and nothing else. */
export type Results = AsyncGenerator<ExecutionResult, void, void>;

/** Results, each changed on its way. Not an async generator function, whose `return` would wait for a pending `next`. */
export function mapResults(results: Results, change: (result: ExecutionResult) => ExecutionResult): Results {
  const each: Results = {
    async next() {
      const { value, done } = await results.next();
      return done === true ? { value: undefined, done } : { value: change(value), done: false };
    },
    return: () => results.return(),
    throw: (error: unknown) => results.throw(error),
    [Symbol.asyncIterator]: () => each,
    [Symbol.asyncDispose]: async () => {
      await results.return();
    },
  };
  return each;
}
