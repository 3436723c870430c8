import { type OidcProvider, SignInProblem, flowOfSecret, newFlow } from '../../identity/oidc/oidc-provider.js';
import type { SessionDesk } from '../../identity/sessions/session-desk.js';
import { type Exchange, HttpRefusal, STRICT_HEADERS } from '../http/exchange.js';
import { describeError } from '../http/error-frames.js';
import { isFromAnotherPage } from '../http/page-origin.js';
import { keepHint, type Front } from './sign-in-front.js';
import { clearCookies, type PublicUrl, sessionSecretIn, setCookie } from './session-cookie.js';
import { CONSOLE_PATH, DASHBOARD_PATH, PLAYGROUND_PATH } from '../http/paths.js';
import { HTTP } from '../http/http-words.js';

const PAGES = [CONSOLE_PATH, DASHBOARD_PATH, PLAYGROUND_PATH];
/** Any origin will do, as long as it is no real one: what names another leads elsewhere. */
const HERE = 'http://here.invalid';
/** Of the way as it is written in an address. Beside a secret it has its place in a cookie, of which browsers take 4,096 bytes. */
const MAX_CHARACTERS = 1_000;

/**
 * The page to open after signing in: a path of this service that begins with one of its pages, whatever was asked for. It is put together anew from
 * what a URL parser made of the text, and so begins with one slash and the page's name: it cannot name a host.
 */
export function returnPath(asked: string | null | undefined): string {
  if (asked === null || asked === undefined || asked.length > MAX_CHARACTERS || !URL.canParse(asked, HERE)) return CONSOLE_PATH;
  const { origin, pathname, search } = new URL(asked, HERE);
  const isPage = PAGES.some((page) => pathname === page || pathname.startsWith(`${page}/`));
  // Looked at as it came out: a letter of Korean is nine characters in an address.
  return origin === HERE && isPage && pathname.length + search.length <= MAX_CHARACTERS ? pathname + search : CONSOLE_PATH;
}

/** What signing in at a provider is made of. */
export interface OidcParts {
  readonly provider: OidcProvider;
  readonly desk: SessionDesk;
  readonly front: Front;
  readonly publicUrl: PublicUrl;
}

/** The cookie that binds the way to one browser, beside the session's. */
const FLOW = '-flow';
/** Seconds for a sign-in at the provider. */
const FLOW_S = 600;

/** `GET /session/oidc`: sends a browser to the provider. The page to come back to is kept in its cookie, and never leaves this service. */
export function beginOidc(parts: OidcParts): (exchange: Exchange) => Promise<void> {
  const { provider, front, publicUrl } = parts;
  return async (exchange) => {
    const { request } = exchange;
    // Signing in is begun here: a page elsewhere shall not do it unseen.
    if (isFromAnotherPage(request)) throw new HttpRefusal(403, 'FORBIDDEN', HTTP.tell('SIGN_IN_BEGINS_HERE'));
    const page = returnPath(queryOf(request.url).get('returnTo'));
    const flow = newFlow();
    try {
      const to = await front.atProvider(request, () => provider.begin(flow));
      const secret = `${flow.secret}.${Buffer.from(page).toString('base64url')}`;
      redirect(exchange, to.href, [setCookie(request.headers, publicUrl, { secret, maxAgeS: FLOW_S, name: FLOW })]);
    } catch (error) {
      leadBack(exchange, page, error, parts);
    }
  };
}

/** `GET /session/oidc/return`: who comes back from the provider is signed in, if all of it is this browser's own. */
export function finishOidc(parts: OidcParts): (exchange: Exchange) => Promise<void> {
  const { provider, desk, front, publicUrl } = parts;
  return async (exchange) => {
    const { request } = exchange;
    const [secret = '', kept = ''] = (sessionSecretIn(request.headers, publicUrl, FLOW) ?? '').split('.', 2);
    const page = returnPath(Buffer.from(kept, 'base64url').toString());
    try {
      const flow = flowOfSecret(secret);
      if (flow === undefined) throw new SignInProblem('SIGN_IN_EXPIRED');
      const query = queryOf(request.url);
      // No answer to what this browser began, as where another page sent it here: the provider is not asked, and no try is counted against its address.
      if (query.get('state') !== flow.state) throw new SignInProblem('SIGN_IN_INVALID');
      const hints: string[] = [];
      const cookies = await front.admit(request, async (before) => {
        const { standing, idToken } = await provider.finish(query.toString(), flow);
        hints.push(...keepHint(request.headers, publicUrl, idToken));
        return desk.open(standing, before);
      });
      redirect(exchange, page, [...cookies, ...hints, ...clearCookies(request.headers, publicUrl, FLOW)]);
    } catch (error) {
      leadBack(exchange, page, error, parts);
    }
  };
}

/** @throws what is no such problem */
function leadBack(exchange: Exchange, page: string, error: unknown, { publicUrl, front }: OidcParts): void {
  const code = error instanceof SignInProblem ? error.code : error instanceof HttpRefusal && error.status === 429 ? error.code : undefined;
  if (code === undefined) throw error;
  // A cookie that is gone says nothing of the provider; what the provider's library threw does.
  const { cause } = error as Error;
  front.refused({ code, ...(cause !== undefined && { error: describeError(error) }) }, 'signing in at the identity provider failed');
  redirect(exchange, problemPath(page, code), clearCookies(exchange.request.headers, publicUrl, FLOW));
}

function queryOf(url = ''): URLSearchParams {
  const at = url.indexOf('?');
  return new URLSearchParams(at < 0 ? '' : url.slice(at));
}

/** Sends a browser on, with cookies. @param location made by this service: `returnPath`, or the provider's address */
export function redirect({ response, requestId }: Exchange, location: string, cookies: readonly string[]): void {
  const headers = { ...STRICT_HEADERS, location, 'content-length': '0', 'x-request-id': requestId };
  response.writeHead(303, { ...headers, 'set-cookie': [...cookies] }).end();
}

/** Where a browser is led that was not signed in: the console has the words for the code. It stands behind a `#`, which no log of a proxy has. */
export function problemPath(page: string, code: string): string {
  const to = page === CONSOLE_PATH || page.startsWith(`${CONSOLE_PATH}/`) ? page : CONSOLE_PATH;
  return `${to}#sign-in=${code}`;
}
