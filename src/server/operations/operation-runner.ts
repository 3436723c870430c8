import type { DocumentNode, ExecutionArgs, ExecutionResult, GraphQLSchema } from 'graphql';
import { getOperationAST, OperationTypeNode } from 'graphql';
import type { Transport } from '../http/options.js';
import type { ErrorDesk } from '../http/unexpected-errors.js';
import { executeAdmitted } from './execute-admitted.js';
import { traced } from '../../tracing.js';
import { mapResults, type Results } from './map-results.js';
import { NullsAsDefaults } from './nulls-as-defaults.js';
import type { OperationDesk } from './operation-desk.js';
import { personalInAddress } from './personal-arguments.js';
import { presentResult, thrownError } from './present-result.js';
import { subscribeAdmitted } from './subscribe-admitted.js';

/** A parsed and valid operation of a caller who is known, whatever transport brought it. */
export interface OperationCall<Ctx> {
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  /** The context of this operation, with the caller in it. */
  readonly context: Ctx;
  readonly transport: Transport;
  /** The correlation id of the errors that are shown to the caller. */
  readonly requestId: string;
  /** Whether it came in the address of a request, where nothing personal may stand. */
  readonly inAddress?: boolean;
  /** Aborted when the client has gone away, or no longer wants the answer. */
  readonly signal: AbortSignal;
}

/** Runs an operation; never rejects. Errors of its results are presented, bounded in number and logged. */
export type OperationRunner<Ctx> = (call: OperationCall<Ctx>) => Promise<ExecutionResult | Results>;

/** What a runner is made from. */
export interface RunnerOptions<Ctx> {
  readonly schema: GraphQLSchema;
  /** Where an operation is priced and waits for its place. */
  readonly desk: OperationDesk;
  /** Who asks, by a context. */
  readonly callerOf: (context: Ctx) => string;
  /** See `HttpServerOptions`. */
  readonly contextForEvent?: ((context: Ctx) => Ctx) | undefined;
  readonly errors: ErrorDesk;
}

/**
 * Makes the one function through which every operation of every transport runs, so that what an operation may cost, and how it may end, is decided
 * in one place. Apollo reaches it as its executor, graphql-ws and the event stream call it.
 */
export function createOperationRunner<Ctx extends object>(options: RunnerOptions<Ctx>): OperationRunner<Ctx> {
  const { schema, desk, callerOf, errors } = options;
  const follow = subscribeAdmitted(options);
  const nulls = new NullsAsDefaults(schema);
  const start = (call: OperationCall<Ctx>): Promise<ExecutionResult | Results> => {
    const { document, operationName, context, signal } = call;
    const personal = call.inAddress === true ? personalInAddress(schema, document) : undefined;
    if (personal !== undefined) return Promise.resolve({ errors: [personal] });
    const variables = nulls.of(document, call.variables);
    const args: ExecutionArgs = { schema, document, operationName, variableValues: variables, contextValue: context };
    const asked = { document, operationName, variables, caller: callerOf(context), signal };
    const kind = getOperationAST(document, operationName)?.operation;
    return kind === OperationTypeNode.SUBSCRIPTION ? follow(args, asked) : executeAdmitted(desk, args, asked);
  };
  return async (call) => {
    const present = (result: ExecutionResult): ExecutionResult => presentResult(result, errors, call.requestId);
    try {
      const { document, operationName, transport } = call;
      const kind = getOperationAST(document, operationName)?.operation;
      const result = await traced('operation', { kind, transport }, () => start(call));
      return Symbol.asyncIterator in result ? mapResults(result, present) : present(result);
    } catch (error) {
      // graphql itself throws for some operations that are valid: one whose only field is skipped, for example.
      return present({ errors: [thrownError(error)] });
    }
  };
}
