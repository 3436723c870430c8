import { isNestedTooDeep, MAX_DEPTH } from '../../base/foreign-json.js';
import {
  type DocumentNode,
  getOperationAST,
  GraphQLError,
  type GraphQLSchema,
  parse,
  specifiedRules,
  validate,
  type ValidationRule,
} from 'graphql';
import { MAX_ERRORS } from '../http/unexpected-errors.js';
import { isDocumentTooDeep } from './document-depth.js';
import { shapeProblem } from './document-shape.js';
import { MAX_TOKENS } from './operation-rules.js';

/** An operation as a client of a stream sends it. */
export interface OperationRequest {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

const TOO_DEEP = `The variables have more than ${MAX_DEPTH} levels of lists and objects: what is asked for has ten at the most.`;

const DOCUMENT_TOO_DEEP = `The document has more than ${MAX_DEPTH} levels of fields, lists and objects: what is asked for has ten at the most.`;

/** An operation that is parsed and valid. */
export interface PreparedOperation extends Pick<OperationRequest, 'operationName' | 'variables'> {
  readonly document: DocumentNode;
}

/**
 * Parses and validates what Apollo parses and validates over HTTP, for the transports that Apollo does not serve. Returns the operation without
 * its context, or the reasons why the document cannot be run.
 */
export function prepareOperation(
  schema: GraphQLSchema,
  rules: readonly ValidationRule[],
  request: OperationRequest,
): PreparedOperation | readonly GraphQLError[] {
  if (isNestedTooDeep(request.variables)) return [new GraphQLError(TOO_DEEP, { extensions: { code: 'BAD_USER_INPUT' } })];
  if (isDocumentTooDeep(request.query)) return [new GraphQLError(DOCUMENT_TOO_DEEP, { extensions: { code: 'GRAPHQL_PARSE_FAILED' } })];
  let document;
  try {
    document = parse(request.query, { maxTokens: MAX_TOKENS });
  } catch (error) {
    if (error instanceof GraphQLError) return [coded(error, 'GRAPHQL_PARSE_FAILED')];
    throw error;
  }
  const tooMuch = shapeProblem(document);
  if (tooMuch !== undefined) return [tooMuch];
  const invalid = validate(schema, document, [...specifiedRules, ...rules], { maxErrors: MAX_ERRORS });
  if (invalid.length > 0) return invalid.map((error) => coded(error, 'GRAPHQL_VALIDATION_FAILED'));
  if (!getOperationAST(document, request.operationName)) return [noOperation(request.operationName)];
  return { document, operationName: request.operationName, variables: request.variables };
}

/** Why none of a document's operations can be meant. */
export function noOperation(operationName: string | null | undefined): GraphQLError {
  const message =
    operationName == null
      ? 'Must provide operation name if query contains multiple operations.'
      : `Unknown operation named "${operationName}".`;
  return new GraphQLError(message, { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } });
}

/** Whether `prepareOperation` gave reasons instead of an operation. */
export function isRefused(prepared: PreparedOperation | readonly GraphQLError[]): prepared is readonly GraphQLError[] {
  return Array.isArray(prepared);
}

function coded(error: GraphQLError, code: string): GraphQLError {
  const { nodes = null, source = null, positions = null } = error;
  return new GraphQLError(error.message, { nodes, source, positions, extensions: { code } });
}
