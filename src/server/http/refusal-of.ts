import { asTyped } from '../../base/as-typed.js';
import { endedByDatabase } from '../operations/database-limits.js';
import { HttpRefusal } from './exchange.js';
import { HTTP } from './http-words.js';
import { identityRefused, isIdentityError } from './identity-error.js';

/**
 * What a request is told that was ended by what it met before or beside an operation: a refusal of HTTP's own, a caller who must not come in, a lock of another session or a statement that took too
 * long while the caller was identified or an export was read. Every route asks this one, so that none takes such an end for a bug. Undefined for an error of ours.
 */
export function refusalOf(error: unknown): HttpRefusal | undefined {
  if (error instanceof HttpRefusal) return error;
  if (isIdentityError(error)) return identityRefused(error);
  const code = endedByDatabase(error);
  return code === undefined ? undefined : new HttpRefusal(503, code, HTTP.tell(code, { command: asTyped('doctor') }));
}
