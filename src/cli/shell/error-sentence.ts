import { DatabaseError } from 'pg';

/** PostgreSQL's class of errors whose messages quote values: data exceptions. Violated constraints quote them in details, which are not told. */
const QUOTING = '22';

/** What went wrong, in one message for an operator. Never a value of a row. */
export function errorSentence(error: unknown): string {
  if (!(error instanceof Error)) return `something that is no error was thrown (${typeof error}): please report this`;
  if (error instanceof DatabaseError) return databaseSentence(error);
  // A host with several addresses that all refuse gives one error for each and none of its own.
  if (error instanceof AggregateError && error.message === '') return error.errors.map(errorSentence).join('; ');
  const advice = ADVICE[(error as NodeJS.ErrnoException).code ?? ''];
  if (advice !== undefined && error.message.startsWith((error as NodeJS.ErrnoException).code ?? '')) return `${error.message}: ${advice}`;
  return error.message === '' ? error.name : error.message;
}

/** What to do about errors of the system, whose own words say only what happened. */
const ADVICE: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full. Free space on it, or set DATA_DIR to a folder on another',
  EDQUOT: 'the quota of this user is used up. Free space, or set DATA_DIR to a folder elsewhere',
  EROFS: 'the disk takes no writes. Set DATA_DIR to a folder on another',
  EACCES: 'this user may not. Set DATA_DIR to a folder of its own, or give it the right',
  EPERM: 'this user may not. Set DATA_DIR to a folder of its own, or give it the right',
  ENOTDIR: 'a file stands where a folder is expected. Set DATA_DIR to another place, or move the file away',
  EEXIST: 'something else stands there. Set DATA_DIR to another place, or move it away',
};

function databaseSentence({ code = 'unknown', message }: DatabaseError): string {
  if (code.startsWith(QUOTING)) return `PostgreSQL refused a value (code ${code}): please report this with the log`;
  return `PostgreSQL: ${message} (code ${code})`;
}
