import type { IncomingMessage } from 'node:http';

/**
 * Whether a browser sends this on behalf of a page of another origin. WebSockets and event streams need this check: unlike a JSON
 * POST, a browser opens them across origins without asking first, and on a loopback service any page of the web could then run
 * mutations. Programs that are not browsers send neither header and pass. Behind a proxy that names itself in `host`, the host the
 * browser asked for is in `x-forwarded-host`, which no page can set on such a request.
 */
export function isCrossSite(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  if (request.headers['sec-fetch-site'] === 'cross-site') return true;
  if (origin === undefined) return false;
  try {
    const asked = new URL(origin).host;
    return asked !== host && asked !== request.headers['x-forwarded-host'];
  } catch {
    return true; // "null": a sandboxed frame or a file
  }
}
