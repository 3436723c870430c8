import { type ExecutionArgs, GraphQLError, type GraphQLSchema, parse, specifiedRules, validate, type ValidationRule } from 'graphql';
import { MAX_TOKENS } from './operation-rules.js';

/** An operation as a client of a stream sends it. */
export interface OperationRequest {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

/**
 * Parses and validates what Apollo parses and validates over HTTP, for the transports that Apollo does not serve. Returns what
 * `execute` and `subscribe` take, but for the context; or the reasons why the document cannot be run.
 */
export function prepareOperation(
  schema: GraphQLSchema,
  rules: readonly ValidationRule[],
  request: OperationRequest,
): ExecutionArgs | readonly GraphQLError[] {
  let document;
  try {
    document = parse(request.query, { maxTokens: MAX_TOKENS });
  } catch (error) {
    if (error instanceof GraphQLError) return [coded(error, 'GRAPHQL_PARSE_FAILED')];
    throw error;
  }
  const invalid = validate(schema, document, [...specifiedRules, ...rules]);
  if (invalid.length > 0) return invalid.map((error) => coded(error, 'GRAPHQL_VALIDATION_FAILED'));
  return {
    schema,
    document,
    ...(request.operationName == null ? {} : { operationName: request.operationName }),
    ...(request.variables == null ? {} : { variableValues: request.variables }),
  };
}

function coded(error: GraphQLError, code: string): GraphQLError {
  const { nodes = null, source = null, positions = null } = error;
  return new GraphQLError(error.message, { nodes, source, positions, extensions: { code } });
}
