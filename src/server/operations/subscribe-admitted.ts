import { createSourceEventStream, type ExecutionArgs, type ExecutionResult, GraphQLError } from 'graphql';
import { untilStopped } from './execute-admitted.js';
import type { Asked, OperationDesk } from './operation-desk.js';

type Results = AsyncGenerator<ExecutionResult, void, void>;

/** What subscriptions are made from. */
export interface SubscribeOptions<Ctx> {
  readonly desk: OperationDesk;
  /** See `HttpServerOptions`. */
  readonly contextForEvent?: ((context: Ctx) => Ctx) | undefined;
}

/**
 * `subscribe` for what the desk lets in: an open subscription has a place among the caller's and no deadline, and each of its events is an operation of
 * its own, with a context of its own. graphql's own gives all events the subscription's context, whose data loaders would then answer a later event
 * with what they loaded for an earlier one.
 */
export function subscribeAdmitted<Ctx extends object>({ desk, contextForEvent }: SubscribeOptions<Ctx>) {
  return async (args: ExecutionArgs, asked: Asked): Promise<Results | ExecutionResult> => {
    const giveBack = desk.subscribe(asked);
    try {
      const source = await createSourceEventStream(args);
      if (!(Symbol.asyncIterator in source)) {
        giveBack();
        return source;
      }
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- graphql does not know the type of its contexts; we made this one
      const context = args.contextValue as Ctx;
      const each = async (event: unknown): Promise<ExecutionResult> => {
        const contextValue = contextForEvent?.(context) ?? { ...context };
        try {
          return await untilStopped(await desk.admitEvent(asked.caller, asked.signal), { ...args, rootValue: event, contextValue });
        } catch (error) {
          // One event that took too long does not end the subscription: the next may be smaller.
          if (error instanceof GraphQLError) return { errors: [error] };
          throw error;
        }
      };
      return executeEach(source, each, giveBack);
    } catch (error) {
      giveBack();
      throw error;
    }
  };
}

/**
 * Not an async generator function: in one, `return` waits for a pending `next`, and a source that has nothing to say would never
 * hear that its subscriber has gone.
 */
function executeEach(source: AsyncIterable<unknown>, each: (event: unknown) => Promise<ExecutionResult>, onEnd: () => void): Results {
  const events = source[Symbol.asyncIterator]();
  const end = async (): Promise<void> => {
    onEnd();
    await events.return?.();
  };
  const done = { value: undefined, done: true } as const;
  const results: Results = {
    async next(): Promise<IteratorResult<ExecutionResult, void>> {
      try {
        const { value, done: ended } = await events.next();
        if (ended !== true) return { value: await each(value), done: false };
      } catch (error) {
        await end();
        throw error;
      }
      onEnd();
      return done;
    },
    async return() {
      await end();
      return done;
    },
    async throw(error: unknown) {
      await end();
      throw error;
    },
    [Symbol.asyncIterator]: () => results,
    [Symbol.asyncDispose]: end,
  };
  return results;
}
