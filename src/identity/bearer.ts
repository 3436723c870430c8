import { tokenRefused, AccessRefused } from './access-refused.js';
import type { Credentials } from './caller.js';

/** Longer than any token that fits into a header. */
const MAX_CHARACTERS = 8_192;

/** Whether a request shows a token at all, be it a good one. */
export function showsBearer(credentials: Credentials): boolean {
  return shownBy(credentials) !== undefined;
}

/**
 * The token that a request shows: in a WebSocket's `connection_init` as `authorization` or `Authorization`, else in the header. Not in the
 * address and not in a cookie: addresses end up in logs, and cookies are sent for pages of other sites. @throws AccessRefused without one
 */
export function bearerOf(credentials: Credentials): string {
  const shown = shownBy(credentials);
  if (shown === undefined) {
    const message = 'Sign in: send the header "authorization: Bearer <token or API key>", or sign in on the console.';
    throw new AccessRefused('UNAUTHENTICATED', message, 'NOTHING_SHOWN');
  }
  const token = typeof shown === 'string' ? /^Bearer +([^\s]+)$/i.exec(shown.trim())?.[1] : undefined;
  if (token === undefined) throw new AccessRefused('UNAUTHENTICATED', 'Expected "Bearer <token or API key>", found another form.', 'FORM');
  if (token.length > MAX_CHARACTERS) throw tokenRefused(`is longer than ${MAX_CHARACTERS} characters`);
  return token;
}

function shownBy({ headers, connectionParams }: Credentials): unknown {
  return connectionParams?.['authorization'] ?? connectionParams?.['Authorization'] ?? headers.authorization;
}
