import type { IncomingMessage } from 'node:http';
import { HttpRefusal } from './exchange.js';
import { HTTP } from './http-words.js';

/**
 * Whether a browser sends this on behalf of a page of another origin: another host, another port of this host, a frame or file without an origin.
 * What a browser says in `sec-fetch-site` no page can change, and it knows what it asked for whatever a proxy makes of `host`. A browser that says
 * nothing there still sends `origin` with all it opens across origins but a plain GET. Behind a proxy that names itself in `host`, the host that
 * the browser asked for is in `x-forwarded-host`, which no page can set on such a request.
 */
export function isFromAnotherPage({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const { origin, host } = headers;
  if (origin === undefined) return false;
  try {
    const asked = new URL(origin).host;
    return asked !== host && asked !== headers['x-forwarded-host'];
  } catch {
    return true; // "null"
  }
}

/**
 * Whether it is shown that a page of this very origin sends this, or that the address was typed: for what a browser's cookie may open. It is not
 * enough that nothing speaks against it. What shows it no page of another origin can have: `sec-fetch-site` and `origin` are the browser's own, and the
 * other headers need a permission that is never given.
 */
export function isFromOwnPage(request: Pick<IncomingMessage, 'headers'>): boolean {
  const { headers } = request;
  if (isFromAnotherPage(request)) return false;
  return headers['sec-fetch-site'] !== undefined || headers.origin !== undefined || ASKED_FOR.some((name) => headers[name] !== undefined);
}

/**
 * Whether a link to a page was followed, from wherever it was. A browser that does not say so (over plain http to another machine) says by what it
 * accepts that it is after a page.
 */
export function isLinkFollowed({ method, headers }: { readonly method?: string | undefined } & Pick<IncomingMessage, 'headers'>): boolean {
  if (method !== 'GET') return false;
  if (headers['sec-fetch-site'] === undefined) return headers.origin === undefined;
  return headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
}

/** Headers that a page of another origin cannot add without asking first (CORS), which is always refused here. */
const ASKED_FOR = ['authorization', 'apollo-require-preflight', 'x-apollo-operation-name', 'x-requested-with'];

/**
 * Lets no page of another origin start an operation. That it cannot read the answer is no comfort: the work is done, on a loopback service in the
 * local admin's name. Programs that are no browsers pass: they send neither `origin` nor `sec-fetch-site`.
 * @throws HttpRefusal 403
 */
export function requireOwnPage(request: Pick<IncomingMessage, 'headers' | 'method'>): void {
  if (isFromAnotherPage(request)) {
    throw new HttpRefusal(403, 'FORBIDDEN', HTTP.tell('OTHER_ORIGIN'));
  }
  if (!mayBeHiddenPage(request)) return;
  throw new HttpRefusal(403, 'FORBIDDEN', HTTP.tell('HIDDEN_PAGE', { header: String(ASKED_FOR[1]) }));
}

/**
 * A plain GET of a browser that says nothing of the page behind it: some do not, over plain HTTP. All of them call themselves Mozilla, which a page
 * cannot change on a request it may send without asking. Anything else than a GET must be JSON, for which a browser asks first.
 */
function mayBeHiddenPage({ method, headers }: Pick<IncomingMessage, 'headers' | 'method'>): boolean {
  if (method !== 'GET' || headers.origin !== undefined || headers['sec-fetch-site'] !== undefined) return false;
  return headers['user-agent']?.startsWith('Mozilla/') === true && ASKED_FOR.every((name) => headers[name] === undefined);
}
