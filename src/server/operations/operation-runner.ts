import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLSchema,
  getOperationAST,
  OperationTypeNode,
  isNonNullType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  GraphQLError,
  type GraphQLFormattedError,
} from 'graphql';
import type { Transport } from '../http/options.js';
import type { ErrorDesk } from '../http/unexpected-errors.js';
import { type Alike, askTogether } from './ask-together.js';
import { executeAdmitted } from './execute-admitted.js';
import { subscribeAdmitted } from './subscribe-admitted.js';
import { traced } from '../../base/tracing.js';
import { mapResults, type Results } from './map-results.js';
import type { Departure } from './departure.js';
import type { OperationDesk } from './operation-desk.js';
import { noOperation } from './prepare-operation.js';
import { personalInAddress } from './operation-rules.js';
import { tooManyFields } from './variable-fields.js';

type Variables = Readonly<Record<string, unknown>>;

/**
 * Variables without those that are null where a default stands: the null of a client that fills in every variable of its document means "nothing
 * chosen", and graphql would fail the field over it while the operation runs. Where null is a value of its own it stays.
 */
export class NullsAsDefaults {
  private readonly known = new WeakMap<DocumentNode, ReadonlySet<string>>();

  constructor(private readonly schema: GraphQLSchema) {}

  of(document: DocumentNode, variables: Variables | null | undefined): Variables | null | undefined {
    if (variables == null || !Object.values(variables).includes(null)) return variables;
    const defaulted = this.known.get(document) ?? defaultedBy(this.schema, document);
    this.known.set(document, defaulted);
    return Object.fromEntries(Object.entries(variables).filter(([name, value]) => value !== null || !defaulted.has(name)));
  }
}

/** The variables of a document that fill an argument or input field which is never null and has a default. */
function defaultedBy(schema: GraphQLSchema, document: DocumentNode): ReadonlySet<string> {
  const defaulted = new Set<string>();
  const types = new TypeInfo(schema);
  const look = {
    Variable({ name }: { readonly name: { readonly value: string } }) {
      if (isNonNullType(types.getInputType()) && types.getDefaultValue() !== undefined) defaulted.add(name.value);
    },
    // The definition itself has a type of its own, and no place in the schema.
    VariableDefinition: () => false as const,
  };
  visit(document, visitWithTypeInfo(types, look));
  return defaulted;
}

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
  readonly client: Departure;
}

/** Runs an operation; never rejects. Errors of its results are presented, bounded in number and logged. */
export type OperationRunner<Ctx> = (call: OperationCall<Ctx>) => Promise<ExecutionResult | Results>;

/** What a runner is made from. */
export interface RunnerOptions<Ctx> extends Alike<Ctx> {
  readonly schema: GraphQLSchema;
  /** Where an operation is priced and waits for its place. */
  readonly desk: OperationDesk;
  /** The caller, by a context. */
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
  const together = askTogether<Ctx>(desk, options);
  const nulls = new NullsAsDefaults(schema);
  const start = (call: OperationCall<Ctx>): Promise<ExecutionResult | Results> => {
    const { document, operationName, context, client } = call;
    const personal = call.inAddress === true ? personalInAddress(schema, document) : undefined;
    if (personal !== undefined) return Promise.resolve({ errors: [personal] });
    const variables = nulls.of(document, call.variables);
    const args: ExecutionArgs = { schema, document, operationName, variableValues: variables, contextValue: context };
    const asked = { document, operationName, variables, caller: callerOf(context), client };
    const kind = getOperationAST(document, operationName)?.operation;
    if (kind === undefined) return Promise.resolve({ errors: [noOperation(operationName)] });
    const tooMany = tooManyFields(call.variables);
    if (tooMany !== undefined) return Promise.resolve({ errors: [tooMany] });
    if (kind === OperationTypeNode.SUBSCRIPTION) return follow(args, asked);
    const alone = (): Promise<ExecutionResult> => executeAdmitted(desk, args, asked);
    return kind === OperationTypeNode.QUERY ? together(args, asked, alone) : alone();
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

/** A result whose errors may be shown to the caller: what is ours is masked and logged, and a list of thousands is its first ones and a count. */
function presentResult(result: ExecutionResult, errors: ErrorDesk, requestId: string): ExecutionResult {
  if (result.errors === undefined) return result;
  const shown = errors.presentAll(result.errors, requestId);
  // Errors beyond those shown are gone now; of the others the place in the document is kept.
  return { ...result, errors: shown.map((error, at) => asError(error, result.errors?.[at])) };
}

/** What was thrown instead of being among a result's errors. */
export function thrownError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  return new GraphQLError('Internal error', { originalError: error instanceof Error ? error : new Error('a value was thrown') });
}

function asError({ message, locations, path, extensions }: GraphQLFormattedError, from: GraphQLError | undefined): GraphQLError {
  // What has no place, the count of further errors for one, gets none.
  const { nodes = null, source = null, positions = null } = (locations === undefined ? undefined : from) ?? {};
  return new GraphQLError(message, { nodes, source, positions, path: path ?? null, extensions: extensions ?? null });
}
