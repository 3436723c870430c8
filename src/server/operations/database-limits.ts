import { GraphQLError } from 'graphql';
import { asTyped } from '../../base/as-typed.js';
import { LOCK_NOT_AVAILABLE, STATEMENT_STOPPED } from '../../database/connect.js';
import { codeOf } from '../../base/error-code.js';

/** Of an operation that waits for what another session of the database holds: to ask for less would not help. */
export function databaseLocked(): GraphQLError {
  return new GraphQLError(
    `The database is locked: another session holds a table or a row that the operation needs. "${asTyped('doctor')}" names the session. Ask again when it has ended.`,
    { extensions: { code: 'DATABASE_LOCKED' } },
  );
}

/** Which limit of its time PostgreSQL ended a statement by. It is no bug; undefined for what is. */
export function endedByDatabase(cause: unknown): 'DATABASE_LOCKED' | 'OPERATION_TIMEOUT' | undefined {
  for (let at = cause, depth = 0; at instanceof Error && depth < MAX_WRAPPED; at = at.cause, depth += 1) {
    if (codeOf(at) === LOCK_NOT_AVAILABLE) return 'DATABASE_LOCKED';
    if (codeOf(at) === STATEMENT_STOPPED) return 'OPERATION_TIMEOUT';
  }
  return undefined;
}

/** What the caller of an operation is told of it. */
export function limitOfDatabase(cause: unknown): GraphQLError | undefined {
  const code = endedByDatabase(cause);
  if (code === undefined) return undefined;
  return code === 'DATABASE_LOCKED' ? databaseLocked() : statementTooSlow();
}

/** Errors that one error may be wrapped in. */
const MAX_WRAPPED = 5;

function statementTooSlow(): GraphQLError {
  return new GraphQLError(
    'A statement of the operation took longer than the database gives it, and was stopped. Ask for fewer items or fields at once, or again when the service is less busy.',
    { extensions: { code: 'OPERATION_TIMEOUT' } },
  );
}
