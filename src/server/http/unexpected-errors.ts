import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { codeOf } from '../../base/error-code.js';
import { describeError } from './error-frames.js';
import { type IdentityError, isIdentityError } from './identity-error.js';
import { endedByDatabase, limitOfDatabase } from '../operations/database-limits.js';
import type { Logger } from './options.js';

/** Turns errors into what a caller may see, and hands the rest to the log. One per server, for all three transports. */
export interface ErrorDesk {
  /** The error as the caller sees it: readable when it is about the caller's own operation, masked when it is about us. */
  present(error: GraphQLError, correlationId: string): GraphQLFormattedError;
  /**
   * The errors of one result as the caller sees them: the first `MAX_ERRORS`, then one that says how many more there are. Of those that are ours
   * the first few are logged, then their number: one request must not fill the log.
   */
  presentAll(errors: readonly GraphQLError[], correlationId: string): readonly GraphQLFormattedError[];
  /** Logs an unexpected error under its correlation id: name, code and frames, never a message that may quote data. */
  report(error: unknown, correlationId: string): void;
}

/** Errors of one result that a caller is shown. A caller who made more mends these first. */
export const MAX_ERRORS = 20;
/** Errors of one result that are logged, each with its frames. */
const MAX_LOGGED = 5;
/** Characters of one message: graphql's own quote the value they were given, which may be as long as the request. */
const MAX_CHARACTERS = 1_000;

/** Makes the error desk. `hideSuggestions` also takes "Did you mean …" out of messages, which otherwise name fields of the schema. */
export function createErrorDesk(options: {
  logger: Logger;
  onError?: ((error: unknown, correlationId: string) => void) | undefined;
  hideSuggestions: boolean;
}): ErrorDesk {
  const report = (error: unknown, correlationId: string): void => {
    options.logger.error({ correlationId, error: describeError(error) }, 'unexpected error');
    options.onError?.(error, correlationId);
  };
  // No bug, but the caller is told no reason: it stands in the log, once for a result.
  const noteAway = (errors: readonly GraphQLError[], correlationId: string): void => {
    const away = errors.map(rootCause).find((cause) => endedByDatabase(cause) === 'DATABASE_UNAVAILABLE');
    if (away !== undefined) options.logger.warn({ correlationId, code: codeOf(away) }, 'the database was not there for an operation');
  };
  const shown = (error: GraphQLError, correlationId: string): GraphQLFormattedError => {
    const cause = rootCause(error);
    if (isIdentityError(cause)) return accessRefused(cause).toJSON();
    const limit = limitOfDatabase(cause);
    if (limit !== undefined) return { ...limit.toJSON(), ...placeOf(error) };
    return isReadable(error) ? readable(error, options.hideSuggestions) : masked(error, correlationId);
  };
  const presentAll: ErrorDesk['presentAll'] = (errors, correlationId) => {
    const ours = errors.filter(isOurs);
    noteAway(errors, correlationId);
    for (const error of ours.slice(0, MAX_LOGGED)) report(rootCause(error), correlationId);
    for (const error of ours.slice(MAX_LOGGED)) options.onError?.(rootCause(error), correlationId);
    const unlogged = ours.length - MAX_LOGGED;
    if (unlogged > 0) options.logger.error({ correlationId, count: unlogged }, 'more unexpected errors of the same result');
    const presented = errors.slice(0, MAX_ERRORS).map((error) => shown(error, correlationId));
    return errors.length > MAX_ERRORS ? [...presented, furtherErrors(errors.length - MAX_ERRORS)] : presented;
  };
  return {
    report,
    presentAll,
    present(error, correlationId) {
      if (isOurs(error)) report(rootCause(error), correlationId);
      noteAway([error], correlationId);
      return shown(error, correlationId);
    },
  };
}

function isOurs(error: GraphQLError): boolean {
  const cause = rootCause(error);
  return !isIdentityError(cause) && limitOfDatabase(cause) === undefined && !isReadable(error);
}

function furtherErrors(count: number): GraphQLFormattedError {
  return {
    message: `${count} more errors are not shown: mend the first ones, or ask for less at once.`,
    extensions: { code: 'MORE_ERRORS', count },
  };
}

/** The GraphQL error for a caller who must not come in. */
export function accessRefused({ message, code }: Pick<IdentityError, 'message' | 'code'>): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

/** What a caller is told of an error of ours: an id to quote, and nothing else. */
export function internalError(correlationId: string): GraphQLError {
  return new GraphQLError('Internal error', { extensions: { code: 'INTERNAL', correlationId } });
}

/**
 * Readable is what is about the operation itself. An error that is thrown on purpose has a code; graphql's own request errors (syntax,
 * validation, variables) have no path but a place in the document, or nothing beneath them. Whatever else was met is a bug.
 */
function isReadable(error: GraphQLError): boolean {
  const code = error.extensions['code'];
  if (typeof code === 'string' && code !== 'INTERNAL_SERVER_ERROR') return true;
  return error.path === undefined && (error.originalError === undefined || error.nodes !== undefined);
}

function readable(error: GraphQLError, hideSuggestions: boolean): GraphQLFormattedError {
  const { message, extensions, ...place } = error.toJSON();
  // `http` tells our own server which status to use; `stacktrace` is a debugging aid of Apollo's.
  const { http: _status, stacktrace: _stack, ...shown } = extensions ?? {};
  return {
    message: shortened(hideSuggestions ? message.replace(/ ?Did you mean .+\?$/s, '') : message),
    ...place,
    extensions: { code: 'BAD_USER_INPUT', ...sentenceOf(error), ...shown },
  };
}

/** Where graphql's own message of a variable names the place: behind the value, in which every quote is escaped. */
const PLACE = / at "[\w.[\]]*?(\w+)(?:\[\d+\])*"; /su;
/** A field that is missing or unknown is no value: the client is of another release. */
const OTHER_SCHEMA = /; Field "\w+" (?:of required type|is not defined) /u;

/** By what a client says in its language which variable cannot be used. Unlike the message, it quotes no value. */
function sentenceOf({ message }: GraphQLError): { sentence?: string; values?: { field: string } } {
  const [, variable] = /^Variable "\$(\w+)" got invalid value /u.exec(message) ?? [];
  if (variable === undefined || OTHER_SCHEMA.test(message)) return {};
  return { sentence: 'VARIABLE', values: { field: PLACE.exec(message)?.[1] ?? variable } };
}

function shortened(message: string): string {
  return message.length <= MAX_CHARACTERS ? message : `${message.slice(0, MAX_CHARACTERS)}…`;
}

function masked(error: GraphQLError, correlationId: string): GraphQLFormattedError {
  return { ...internalError(correlationId).toJSON(), ...placeOf(error) };
}

function placeOf(error: GraphQLError): Pick<GraphQLFormattedError, 'locations' | 'path'> {
  const { locations, path } = error.toJSON();
  return { ...(locations === undefined ? {} : { locations }), ...(path === undefined ? {} : { path }) };
}

/** What was really thrown, below the wrappers in which graphql puts it to say where. */
function rootCause(error: unknown): unknown {
  let cause = error;
  while (cause instanceof GraphQLError && cause.originalError !== undefined) cause = cause.originalError;
  return cause;
}
