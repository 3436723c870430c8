import { MIMEType } from 'node:util';
import { AccessRefused } from '../../identity/access-refused.js';
import type { Caller } from '../../identity/caller.js';
import { type Exchange, HttpRefusal, MEDIA, send, STRICT_HEADERS } from '../http/exchange.js';
import { isIdentityError } from '../http/identity-error.js';
import { refusalOf } from '../http/refusal-of.js';
import { readForm, readJsonBody } from '../http/read-json-body.js';
import { problemPath, redirect, returnPath } from './oidc-routes.js';
import type { Front } from './sign-in-front.js';
import { HTTP } from '../http/http-words.js';
import { ACCESS } from '../../identity/access-words.js';

/** What handing over a token of IBSafe's app is made of. */
export interface IbsafeParts {
  readonly front: Front;
  /** Origins whose pages may do so, as browsers write them. */
  readonly origins: ReadonlySet<string>;
}

type Route = (exchange: Exchange) => Promise<void>;

/** A token, and a page to open. */
const MAX_BYTES = 16_384;

/**
 * `/session/ibsafe`: a page of IBSafe's app hands over the access token of its user, in a form that leads here or by a request of its script. In
 * the body, never in an address. What says that it is a page of the app is `Origin`, which browsers write and no page can change.
 */
export function ibsafeRoutes(parts: IbsafeParts): Readonly<Record<'POST' | 'OPTIONS', Route>> {
  return {
    POST: async (exchange) => {
      const origin = requireOrigin(exchange, parts);
      await (isForm(exchange) ? byForm(exchange, parts) : byScript(exchange, origin, parts));
    },
    // What a script's browser asks first.
    OPTIONS: async ({ request, response, requestId }) => {
      const origin = requireOrigin({ request }, parts);
      const allowed = { 'access-control-allow-methods': 'POST', 'access-control-allow-headers': 'content-type' };
      response.writeHead(204, { ...STRICT_HEADERS, ...shared(origin), ...allowed, 'x-request-id': requestId }).end();
    },
  };
}

async function byForm(exchange: Exchange, { front }: IbsafeParts): Promise<void> {
  const form = await readForm(exchange.request, MAX_BYTES);
  const page = returnPath(form.get('returnTo'));
  try {
    const cookies = await front.signIn(exchange.request, form.get('token') ?? '', requireIbsafe);
    redirect(exchange, page, cookies);
  } catch (error) {
    const isTold = isIdentityError(error) || (error instanceof HttpRefusal && error.status === 429);
    if (!isTold) throw error;
    redirect(exchange, problemPath(page, error.code), []);
  }
}

async function byScript(exchange: Exchange, origin: string, { front }: IbsafeParts): Promise<void> {
  const headers = Object.entries(shared(origin)).flat();
  try {
    const body = await readJsonBody(exchange.request, MAX_BYTES);
    const token = (body as { readonly token?: unknown } | null)?.token;
    if (typeof token !== 'string') throw new HttpRefusal(400, 'BAD_REQUEST', HTTP.tell('TOKEN_OF_IBSAFE'));
    const cookies = await front.signIn(exchange.request, token, requireIbsafe);
    send(exchange, {
      status: 200,
      mediaType: MEDIA.json,
      body: '{}',
      headers: [...headers, ...cookies.flatMap((each) => ['set-cookie', each])],
    });
  } catch (error) {
    // The page of the app may read why.
    if (error instanceof HttpRefusal) throw error.with(headers);
    const refusal = refusalOf(error);
    throw refusal === undefined ? error : refusal.with(headers, { beside: false });
  }
}

/** Keys and other tokens are for the console's own page. @throws AccessRefused */
function requireIbsafe({ actor }: Caller): void {
  if (!actor.startsWith('ibsafe:')) throw new AccessRefused('UNAUTHENTICATED', ACCESS.tell('NOT_OF_IBSAFE'));
}

/** @throws HttpRefusal 403 */
function requireOrigin({ request }: Pick<Exchange, 'request'>, { origins }: IbsafeParts): string {
  const { origin } = request.headers;
  if (origin !== undefined && origins.has(origin)) return origin;
  throw new HttpRefusal(403, 'FORBIDDEN', HTTP.tell('PAGES_OF_THE_APP'));
}

function isForm({ request }: Exchange): boolean {
  try {
    return new MIMEType(request.headers['content-type'] ?? '').essence === 'application/x-www-form-urlencoded';
  } catch {
    return false;
  }
}

function shared(origin: string): Record<string, string> {
  return { 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true', vary: 'Origin' };
}
