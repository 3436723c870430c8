import { type ExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { ErrorDesk } from '../http/unexpected-errors.js';

/** A result whose errors may be shown to the caller: what is ours is masked and logged, and a list of thousands is its first ones and a count. */
export function presentResult(result: ExecutionResult, errors: ErrorDesk, requestId: string): ExecutionResult {
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
