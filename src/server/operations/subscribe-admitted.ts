import { createSourceEventStream, type ExecutionArgs, type ExecutionResult, GraphQLError } from 'graphql';
import { statementOwner } from '../../database/statement-owner.js';
import type { Asked, OperationDesk } from './operation-desk.js';
import type { Admitted } from './admitted.js';
import { untilStopped } from './execute-admitted.js';
import type { Alike } from './ask-together.js';
import { SameForAllResults } from './same-for-all.js';
import { questionOf } from './shown-to-all.js';

type Results = AsyncGenerator<ExecutionResult, void, void>;

/** What subscriptions are made from. */
export interface SubscribeOptions<Ctx> extends Alike<Ctx> {
  readonly desk: OperationDesk;
  /** See `HttpServerOptions`. */
  readonly contextForEvent?: ((context: Ctx) => Ctx) | undefined;
}

/**
 * `subscribe` for what the desk lets in: an open subscription has a place among the caller's and no deadline, and sends the statements that find its events
 * in the caller's name. Each of its events is an operation of its own, with a context of its own: graphql's own gives all events the subscription's
 * context, whose data loaders would then answer a later event with what they loaded for an earlier one.
 */
export function subscribeAdmitted<Ctx extends object>({ desk, contextForEvent, contextForAll, rightsOf }: SubscribeOptions<Ctx>) {
  const sameForAll = new SameForAllResults();
  return async (args: ExecutionArgs, asked: Asked): Promise<Results | ExecutionResult> => {
    const subscription = desk.subscribe(asked);
    try {
      const source = await statementOwner.run(subscription.operation, () => createSourceEventStream(args));
      if (!(Symbol.asyncIterator in source)) {
        subscription.close();
        return source;
      }
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- graphql does not know the type of its contexts; we made this one
      const context = args.contextValue as Ctx;
      const question = contextForAll && questionOf(args, rightsOf?.(context));
      const own = async (event: unknown, contextValue = contextForEvent?.(context) ?? { ...context }): Promise<ExecutionResult> => {
        try {
          return await untilStopped(await desk.admitEvent(asked.caller, asked.client), { ...args, rootValue: event, contextValue });
        } catch (error) {
          // One event that took too long does not end the subscription: the next may be smaller.
          if (error instanceof GraphQLError) return { errors: [error] };
          throw error;
        }
      };
      const forAll = (event: unknown, onCaller: () => void): Promise<ExecutionResult> => own(event, contextForAll?.(context, onCaller));
      const each = (event: unknown): Promise<ExecutionResult> =>
        question === undefined ? own(event) : sameForAll.of(event, question, (onCaller) => forAll(event, onCaller));
      return executeEach(source, each, subscription);
    } catch (error) {
      subscription.close();
      throw error;
    }
  };
}

/**
 * Not an async generator function: in one, `return` waits for a pending `next`, and a source that has nothing to say would never
 * hear that its subscriber has gone.
 */
function executeEach(source: AsyncIterable<unknown>, each: (event: unknown) => Promise<ExecutionResult>, subscription: Admitted): Results {
  const events = source[Symbol.asyncIterator]();
  const end = async (): Promise<void> => {
    subscription.close();
    await events.return?.();
  };
  const done = { value: undefined, done: true } as const;
  const results: Results = {
    async next(): Promise<IteratorResult<ExecutionResult, void>> {
      try {
        const { value, done: ended } = await statementOwner.run(subscription.operation, () => events.next());
        if (ended !== true) return { value: await each(value), done: false };
      } catch (error) {
        const { isOver } = subscription.operation;
        await end();
        if (isOver) return done; // a statement that was cut off, for a subscriber who has gone
        throw error;
      }
      subscription.close();
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
