import type { Identity } from '../../identity/caller.js';
import type { OidcProvider } from '../../identity/oidc/oidc-provider.js';
import type { SessionDesk } from '../../identity/sessions/session-desk.js';
import type { SignInWay } from '../../identity/sessions/session.js';
import { wantsPage } from '../http/accept.js';
import { type Exchange, HttpRefusal, MEDIA, send, sendGraphQLError } from '../http/exchange.js';
import { isIdentityError } from '../http/identity-error.js';
import type { Logger } from '../http/options.js';
import { isFromOwnPage, requireOwnPage } from '../http/page-origin.js';
import { OIDC_RETURN_PATH, SESSION_PATH } from '../http/paths.js';
import { readJsonBody } from '../http/read-json-body.js';
import { refusalOf } from '../http/refusal-of.js';
import { credentialsOf } from './credentials-of.js';
import { ibsafeRoutes } from './ibsafe-route.js';
import { beginOidc, finishOidc } from './oidc-routes.js';
import type { PublicUrl } from './session-cookie.js';
import { type Front, type FrontParts, SignInFront } from './sign-in-front.js';
import { HTTP } from '../http/http-words.js';

/** What the routes of `/session` are made of. */
export interface SessionParts {
  /** Undefined on a service without signing in: every caller on this machine is admin. */
  readonly desk: SessionDesk | undefined;
  readonly identity: Pick<Identity, 'identify'>;
  readonly publicUrl: PublicUrl;
  /** The organisation's identity provider; undefined where there is none. */
  readonly provider: OidcProvider | undefined;
  /** Origins of IBSafe's app whose pages may hand over a token. */
  readonly appOrigins: ReadonlySet<string>;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
  /** ms since 1970. */
  readonly clock: () => number;
}

/** Everything that is served below `/session`, and signing in for pages that have a form of their own. */
export interface SessionRoutes {
  /** Answers any path from `/session` on. Rejects with what the server answers: a HttpRefusal for a path that is none. */
  readonly handle: (exchange: Exchange) => Promise<void>;
  /** Undefined on a service without signing in. */
  readonly front: Front | undefined;
}

type Route = (exchange: Exchange) => Promise<void>;

/** A HEAD is answered as its GET, without the body. */
const read = (route: Route): Readonly<Record<'GET' | 'HEAD', Route>> => ({ GET: route, HEAD: route });

/** A key, and the word Bearer before it. */
const MAX_SIGN_IN_BYTES = 16_384;

/** Makes the routes. */
export function createSessionRoutes(parts: SessionParts): SessionRoutes {
  const { desk, publicUrl, provider, appOrigins, logger, clock } = parts;
  const afterSignOut: FrontParts['afterSignOut'] = async (way, hint) => (way === 'OIDC' ? provider?.endSession(hint) : undefined);
  const front = desk && new SignInFront({ desk, publicUrl, logger, clock, afterSignOut });
  const routes = new Map<string, Readonly<Record<string, Route>>>([
    [SESSION_PATH, { ...read((exchange) => tell(exchange, parts)), ...(front && { POST: signIn(front), DELETE: signOut(front) }) }],
  ]);
  if (front !== undefined && appOrigins.size > 0) routes.set(`${SESSION_PATH}/ibsafe`, ibsafeRoutes({ front, origins: appOrigins }));
  if (provider !== undefined && desk !== undefined && front !== undefined) {
    const oidc = { provider, desk, front, publicUrl };
    routes.set(`${SESSION_PATH}/oidc`, read(beginOidc(oidc)));
    // Not by HEAD: its code is good for one time.
    routes.set(OIDC_RETURN_PATH, { GET: finishOidc(oidc) });
  }
  return {
    front,
    async handle(exchange) {
      const methods = routes.get(exchange.path);
      if (methods === undefined) throw new HttpRefusal(404, 'NOT_FOUND', HTTP.tell('NOT_FOUND', { path: exchange.path.slice(0, 100) }));
      const route = methods[exchange.request.method ?? ''];
      const allowed = Object.keys(methods).join(', ');
      if (route === undefined)
        throw new HttpRefusal(405, 'METHOD_NOT_ALLOWED', HTTP.tell('METHODS', { path: exchange.path, methods: allowed }), [
          'allow',
          allowed,
        ]);
      await route(exchange).catch((error: unknown) => {
        // A browser that was sent here by a form or a link shows what it is answered: a page, as anywhere.
        if (wantsPage(exchange.request.headers.accept)) throw error;
        sendGraphQLError(exchange, asRefusal(error));
      });
    },
  };
}

/** The caller that is signed in, and the ways to sign in. Open to every browser: it is asked before a user has signed in. */
async function tell(exchange: Exchange, { desk, identity }: SessionParts): Promise<void> {
  requireOwnPage(exchange.request);
  const ways: readonly SignInWay[] = desk === undefined ? [] : [...desk.ways];
  const caller = await identity.identify(credentialsOf(exchange.request)).catch((error: unknown) => {
    if (isIdentityError(error)) return undefined;
    throw error;
  });
  const session = caller?.session;
  const signedIn = caller && {
    actor: caller.actor,
    role: caller.role.toUpperCase(),
    way: session?.way ?? null,
    until: session === undefined ? null : new Date(session.endsAt).toISOString(),
  };
  send(exchange, {
    status: 200,
    mediaType: MEDIA.json,
    body: JSON.stringify({ open: desk === undefined, ways, signedIn: signedIn ?? null }),
  });
}

function signIn(front: Front): Route {
  return async (exchange) => {
    requirePage(exchange);
    const body = await readJsonBody(exchange.request, MAX_SIGN_IN_BYTES);
    const key = (body as { readonly key?: unknown } | null)?.key;
    if (typeof key !== 'string' || key === '') throw new HttpRefusal(400, 'BAD_REQUEST', HTTP.tell('SIGN_IN_KEY'));
    const cookies = await front.signIn(exchange.request, key);
    send(exchange, { status: 200, mediaType: MEDIA.json, body: '{}', headers: cookies.flatMap((cookie) => ['set-cookie', cookie]) });
  };
}

function signOut(front: Front): Route {
  return async (exchange) => {
    requirePage(exchange);
    const { cookies, next } = await front.signOut(exchange.request);
    const headers = cookies.flatMap((cookie) => ['set-cookie', cookie]);
    send(exchange, { status: 200, mediaType: MEDIA.json, body: JSON.stringify({ next: next ?? null }), headers });
  };
}

/** Refuses a sign-in or sign-out by a page of another origin, or by one that might be. @throws HttpRefusal 403 */
function requirePage({ request }: Exchange): void {
  if (isFromOwnPage(request)) return;
  throw new HttpRefusal(403, 'FORBIDDEN', HTTP.tell('SIGN_IN_OF_PAGES'));
}

/** @throws what is no refusal */
function asRefusal(error: unknown): HttpRefusal {
  const refusal = refusalOf(error);
  if (refusal === undefined) throw error;
  return refusal;
}
