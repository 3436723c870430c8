import { GraphQLError } from 'graphql';
import type { Told } from '../domain/said.js';

/**
 * An argument that cannot be used: what was expected, what was found, and what to do. The message is English; a client says it in another language by
 * `sentence`, its code in the catalogue, and `values`.
 */
export function badInput(argument: string, { text, said }: Told): GraphQLError {
  return refusal(text, { code: 'BAD_USER_INPUT', argument, sentence: said.code, values: said.values });
}

/** A thing that is not there, for queries whose field is nullable. */
export function notFound(what: string, message: string): GraphQLError {
  return refusal(message, { code: `${what}_NOT_FOUND` });
}

/**
 * An error that tells a caller what to mend. It has no frames: no developer looks for it in our code, and to find them through the promises of a page of fields
 * takes a quarter of a millisecond, for each of ten thousand.
 */
export function refusal(message: string, extensions: Readonly<Record<string, unknown>>): GraphQLError {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return new GraphQLError(message, { extensions });
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
