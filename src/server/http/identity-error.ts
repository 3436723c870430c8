import type { AccessRefused } from '../../identity/access-refused.js';
import { HttpRefusal } from './exchange.js';

/**
 * Thrown by `contextFor` for a caller who must not come in. `UNAUTHENTICATED`: not known (401 over HTTP, close code 4401 over WebSocket);
 * `FORBIDDEN`: known, and without any right here (403, 4403). Its message is shown.
 */
export type IdentityError = Pick<AccessRefused, 'name' | 'message' | 'code' | 'said'> & Error;

/** Whether an error says that a caller must not come in. Goes by name, so that an identity provider may bring a class of its own. */
export function isIdentityError(error: unknown): error is IdentityError {
  return error instanceof Error && error.name === 'IdentityError';
}

/** The refusal as HTTP says it, with its status and the header that tells how to sign in. */
export function identityRefused({ code, message, said }: IdentityError): HttpRefusal {
  const told = { text: message, said };
  return code === 'FORBIDDEN' ? new HttpRefusal(403, code, told) : new HttpRefusal(401, code, told, ['www-authenticate', 'Bearer']);
}
