import { execute, type ExecutionArgs, type ExecutionResult } from 'graphql';
import type { Admitted } from './admitted.js';
import { untilStopped } from './execute-admitted.js';
import { OPERATION, type Operation } from './operation.js';
import type { Asked, OperationDesk } from './operation-desk.js';
import { Rounds } from './rounds.js';
import { questionOf } from './shown-to-all.js';

/** What is told of callers, so that one may be given what another is. See `HttpServerOptions`. */
export interface Alike<Ctx> {
  readonly rightsOf?: ((context: Ctx) => string) | undefined;
  readonly contextForAll?: ((context: Ctx, onCaller: () => void) => Ctx) | undefined;
}

/** Questions that are kept as each caller's own. */
const MAX_OWN = 1_000;

/**
 * Answers queries that show no person: all who ask the same with the same rights before it is executed are given one result. What turns out to depend on who asks, and
 * every error, is each caller's own: then the caller asks alone, as it is for every other operation.
 */
export function askTogether<Ctx extends object>(desk: OperationDesk, { rightsOf, contextForAll }: Alike<Ctx>) {
  const rounds = new Rounds(desk.rounds);
  const ownQuestions = new Set<string>();
  const keepOwn = (question: string): void => {
    if (ownQuestions.size >= MAX_OWN) ownQuestions.clear();
    ownQuestions.add(question);
  };
  return async (args: ExecutionArgs, asked: Asked, alone: () => Promise<ExecutionResult>): Promise<ExecutionResult> => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- graphql does not know the type of its contexts; we made this one
    const context = args.contextValue as Ctx;
    const question = contextForAll && questionOf(args, rightsOf?.(context));
    if (contextForAll === undefined || question === undefined || ownQuestions.has(question)) return alone();
    const first = rounds.first(question, asked.caller, asked.client);
    if (first !== undefined) {
      const result = await executeFirst(first, args, () => desk.requirePrice(asked));
      if (first.operation.seen.take().length === 0) return result;
      keepOwn(question);
      return alone();
    }
    const waits = desk.joinRound(asked);
    const round = rounds.join(question, asked.caller, async (shared, askers) => {
      desk.requirePrice(asked);
      let isOwn = false;
      const contextValue = Object.assign(
        contextForAll(context, () => (isOwn = true)),
        { [OPERATION]: shared },
      );
      const result = await executeFor(shared, { ...args, contextValue });
      if (isOwn || shared.seen.take().length > 0) keepOwn(question);
      else if (result.errors === undefined || askers === 1) return result; // of one asker, errors are its own
      return undefined;
    });
    try {
      const result = await waits.operation.lines.during(round.isAskedOver, waits.operation.unlessStopped(round.answer));
      if (result !== undefined) return result;
    } finally {
      round.leave();
      waits.close();
    }
    return alone();
  };
}

/** Executes for one asker, in whose operation it is. @throws why it is refused, or was stopped */
async function executeFirst(first: Admitted, args: ExecutionArgs, check: () => void): Promise<ExecutionResult> {
  try {
    check();
  } catch (error) {
    first.close();
    throw error;
  }
  return untilStopped(first, args);
}

async function executeFor(operation: Operation, args: ExecutionArgs): Promise<ExecutionResult> {
  return operation.unlessStopped(Promise.resolve(execute(args)));
}
