import { createSourceEventStream, execute, type ExecutionArgs, type ExecutionResult, subscribe } from 'graphql';

type Results = AsyncGenerator<ExecutionResult, void, void>;

/**
 * `subscribe` with a context of its own for every event. graphql's own gives all events the subscription's context, whose data
 * loaders would then answer a later event with what they loaded for an earlier one.
 */
export function subscribePerEvent<Ctx>(contextForEvent?: (context: Ctx) => Ctx) {
  return async (args: ExecutionArgs): Promise<Results | ExecutionResult> => {
    if (contextForEvent === undefined) return subscribe(args);
    const source = await createSourceEventStream(args);
    if (!(Symbol.asyncIterator in source)) return source;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- graphql does not know the type of its contexts; we made this one
    const context = args.contextValue as Ctx;
    return executeEach(source, (event) => execute({ ...args, rootValue: event, contextValue: contextForEvent(context) }));
  };
}

/**
 * Not an async generator function: in one, `return` waits for a pending `next`, and a source that has nothing to say would never
 * hear that its subscriber has gone.
 */
function executeEach(source: AsyncIterable<unknown>, each: (event: unknown) => ExecutionResult | Promise<ExecutionResult>): Results {
  const events = source[Symbol.asyncIterator]();
  const done = { value: undefined, done: true } as const;
  const results: Results = {
    async next(): Promise<IteratorResult<ExecutionResult, void>> {
      const { value, done: ended } = await events.next();
      if (ended === true) return done;
      try {
        return { value: await each(value), done: false };
      } catch (error) {
        await events.return?.();
        throw error;
      }
    },
    async return() {
      await events.return?.();
      return done;
    },
    async throw(error: unknown) {
      await events.return?.();
      throw error;
    },
    [Symbol.asyncIterator]: () => results,
    [Symbol.asyncDispose]: async () => {
      await events.return?.();
    },
  };
  return results;
}
