import { DatabaseError } from 'pg';

/** PostgreSQL's class of errors whose messages quote values: data exceptions. Violated constraints quote them in details, which are not told. */
const QUOTING = '22';

/** What went wrong, in one message for an operator. Never a value of a row. */
export function errorSentence(error: unknown): string {
  if (!(error instanceof Error)) return `something that is no error was thrown (${typeof error}): please report this`;
  if (error instanceof DatabaseError) return databaseSentence(error);
  // A host with several addresses that all refuse gives one error for each and none of its own.
  if (error instanceof AggregateError && error.message === '') return error.errors.map(errorSentence).join('; ');
  return error.message === '' ? error.name : error.message;
}

function databaseSentence({ code = 'unknown', message }: DatabaseError): string {
  if (code.startsWith(QUOTING)) return `PostgreSQL refused a value (code ${code}): please report this with the log`;
  return `PostgreSQL: ${message} (code ${code})`;
}
