import { GraphQLError } from 'graphql';
import { asTyped } from '../../base/as-typed.js';
import { LOCK_NOT_AVAILABLE, STATEMENT_STOPPED } from '../../database/connect.js';
import { isAway } from '../../database/through-passing-faults.js';
import { codeOf } from '../../base/error-code.js';

/** Of an operation that waits for what another session of the database holds: to ask for less would not help. */
export function databaseLocked(): GraphQLError {
  return new GraphQLError(
    `The database is locked: another session holds a table or a row that the operation needs. "${asTyped('doctor')}" names the session. Ask again when it has ended.`,
    { extensions: { code: 'DATABASE_LOCKED' } },
  );
}

/** By what the database ends or refuses a statement though nothing is wrong with it. */
export type DatabaseEnd = 'DATABASE_LOCKED' | 'DATABASE_UNAVAILABLE' | 'OPERATION_TIMEOUT';

/** By which of them PostgreSQL ended a statement, or none came to it. It is no bug; undefined for what is. */
export function endedByDatabase(cause: unknown): DatabaseEnd | undefined {
  for (let at = cause, depth = 0; at instanceof Error && depth < MAX_WRAPPED; at = at.cause, depth += 1) {
    if (codeOf(at) === LOCK_NOT_AVAILABLE) return 'DATABASE_LOCKED';
    if (codeOf(at) === STATEMENT_STOPPED) return 'OPERATION_TIMEOUT';
    // What the network says in the name of another error is of another server: a provider's, a model's, that of the jobs.
    if (isAway(at, { withNetwork: depth === 0 })) return 'DATABASE_UNAVAILABLE';
  }
  return undefined;
}

/** What the caller of an operation is told of it. */
export function limitOfDatabase(cause: unknown): GraphQLError | undefined {
  const code = endedByDatabase(cause);
  return code && TOLD[code]();
}

const TOLD: Readonly<Record<DatabaseEnd, () => GraphQLError>> = {
  DATABASE_LOCKED: databaseLocked,
  DATABASE_UNAVAILABLE: databaseUnavailable,
  OPERATION_TIMEOUT: statementTooSlow,
};

/** Errors that one error may be wrapped in. */
const MAX_WRAPPED = 5;

function databaseUnavailable(): GraphQLError {
  return new GraphQLError(
    `The database does not answer, or takes no statements now. Ask again in a moment; "${asTyped('doctor')}" says what is wrong. An order may have been carried out all the same: look before you give it again, or repeat it with its idempotency key.`,
    { extensions: { code: 'DATABASE_UNAVAILABLE' } },
  );
}

function statementTooSlow(): GraphQLError {
  return new GraphQLError(
    'A statement of the operation took longer than the database gives it, and was stopped. Ask for fewer items or fields at once, or again when the service is less busy.',
    { extensions: { code: 'OPERATION_TIMEOUT' } },
  );
}
