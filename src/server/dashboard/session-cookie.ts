import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { DASHBOARD_PATH } from '../http/paths.js';
import { SESSION_MS } from './sessions.js';

const NAME = 'ibsafe_batch_dashboard';

/** The session's id that a browser sends; undefined without one. */
export function sessionIdOf({ headers }: IncomingMessage): string | undefined {
  for (const pair of headers.cookie?.split(';') ?? []) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === NAME && value !== undefined && value !== '') return value;
  }
  return undefined;
}

/**
 * The `set-cookie` of a session; without an id, the one that takes it away. No script can read it, it is sent for no other site's page, and
 * never to GraphQL, which knows callers by headers only.
 */
export function sessionCookie(request: IncomingMessage, id: string | undefined): string {
  const lifetime = id === undefined ? 0 : SESSION_MS / 1_000;
  const secure = isHttps(request) ? '; Secure' : '';
  return `${NAME}=${id ?? ''}; Path=${DASHBOARD_PATH}; HttpOnly; SameSite=Strict; Max-Age=${lifetime}${secure}`;
}

/** A proxy that ends TLS says so in `x-forwarded-proto`. A client that lies there only keeps its own cookie off plain HTTP. */
function isHttps({ socket, headers }: IncomingMessage): boolean {
  return (socket as Partial<TLSSocket>).encrypted === true || headers['x-forwarded-proto'] === 'https';
}
