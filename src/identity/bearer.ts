import { tokenRefused, AccessRefused } from './access-refused.js';
import type { Credentials } from './caller.js';

/** Longer than any token that fits into a header. */
const MAX_CHARACTERS = 8_192;

/**
 * The token that a request shows: in a WebSocket's `connection_init` as `authorization` or `Authorization`, else in the header. Not in the
 * address and not in a cookie: addresses end up in logs, and cookies are sent for pages of other sites. @throws AccessRefused without one
 */
export function bearerOf({ headers, connectionParams }: Credentials): string {
  const shown = connectionParams?.['authorization'] ?? connectionParams?.['Authorization'] ?? headers.authorization;
  if (shown === undefined) {
    throw new AccessRefused('UNAUTHENTICATED', 'Sign in: send the header "authorization: Bearer <token or API key>".', 'NOTHING_SHOWN');
  }
  const token = typeof shown === 'string' ? /^Bearer +([^\s]+)$/i.exec(shown.trim())?.[1] : undefined;
  if (token === undefined) throw new AccessRefused('UNAUTHENTICATED', 'Expected "Bearer <token or API key>", found another form.', 'FORM');
  if (token.length > MAX_CHARACTERS) throw tokenRefused(`is longer than ${MAX_CHARACTERS} characters`);
  return token;
}
