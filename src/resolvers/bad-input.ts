import { GraphQLError } from 'graphql';

/** An argument that cannot be used: the message says what was expected, what was found, and what to do. */
export function badInput(argument: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', argument } });
}

/** A thing that is not there, for queries whose field is nullable. */
export function notFound(what: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: `${what}_NOT_FOUND` } });
}
