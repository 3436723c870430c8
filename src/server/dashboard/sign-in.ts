import { Router, urlencoded, type Request, type Response } from 'express';
import { HttpRefusal } from '../http/exchange.js';
import { isIdentityError, httpOf } from '../http/identity-error.js';
import { DASHBOARD_PATH } from '../http/paths.js';
import { isFromOwnPage } from '../http/page-origin.js';
import type { Front } from '../session/sign-in-front.js';
import type { Caller, Credentials, Identity } from '../../identity/caller.js';
import { includesRole } from '../../identity/role.js';
import { asTyped } from '../../as-typed.js';
import { escapeHtml, plainPage, plainPageHeaders } from '../pages/page-shell.js';

/**
 * The headers of the sign-in page: it may send its form to this server. Under the usual policy, no referrer at all, browsers send
 * `origin: null` with a form, and it would be taken for one of another site.
 */
const SIGN_IN_HEADERS = { ...plainPageHeaders({ 'form-action': ["'self'"] }), 'referrer-policy': 'same-origin' };

/** The page on which an admin shows a key. @param problem why the last try was refused */
function signInPage(problem?: string): string {
  const refused = problem === undefined ? '' : `<p class="problem" role="alert">${escapeHtml(problem)}</p>\n`;
  return plainPage(
    'Sign in · IBSafe Batch',
    `<h1>Job <span>dashboard</span></h1>
<p class="lead">For admins. Sign in with an API key (<code>ibk_…</code>) or a token whose role is admin.</p>
<p class="soft" lang="ko">관리자 전용입니다. 관리자 권한의 API 키 또는 토큰으로 로그인하세요.</p>
${refused}<form method="post" action="${DASHBOARD_PATH}/login">
<label for="token">API key or token</label>
<input id="token" name="token" type="password" autocomplete="current-password" spellcheck="false" maxlength="8192" required autofocus>
<button type="submit">Sign in <span lang="ko">로그인</span></button>
</form>
<p class="soft">A key is made with <code>${escapeHtml(asTyped('key create --name … --role admin'))}</code>. It is the same session as on the <a href="/console">console</a>: who is signed in there is signed in here.</p>`,
  );
}

/** The dashboard's own page on which a browser signs in, and the way out. It is the same session as the console's; this page needs no script. */
export function signInRoutes(front: Front): Router {
  const router = Router();
  router.get('/login', (_request, response) => sendPage(response, 200));
  // oxlint-disable-next-line oxc/no-async-endpoint-handlers -- express 5 hands a rejection on
  router.post('/login', urlencoded({ extended: false, limit: '16kb', parameterLimit: 5 }), async (request, response) => {
    requirePage(request);
    try {
      response.setHeader('set-cookie', await front.signIn(request, keyIn(request), requireAdmin));
    } catch (error) {
      const refusal = isIdentityError(error) ? refusalOf(error) : error;
      if (!(refusal instanceof HttpRefusal)) throw error;
      return sendPage(response, refusal.status, refusal.message);
    }
    response.redirect(303, `${DASHBOARD_PATH}/`);
  });
  // oxlint-disable-next-line oxc/no-async-endpoint-handlers -- express 5 hands a rejection on
  router.post('/logout', async (request, response) => {
    requirePage(request);
    const { cookies, next } = await front.signOut(request);
    response.setHeader('set-cookie', cookies);
    response.redirect(303, next ?? `${DASHBOARD_PATH}/login`);
  });
  return router;
}

/** @throws HttpRefusal 403 */
function requirePage(request: Request): void {
  if (!isFromOwnPage(request)) throw new HttpRefusal(403, 'FORBIDDEN', 'The dashboard is not open to pages of other sites.');
}

/** What was pasted, often with blanks or the word Bearer around it. */
function keyIn({ body }: Request): string {
  const { token } = (body ?? {}) as { token?: unknown };
  return typeof token === 'string' ? token.trim().replace(/^Bearer\s+/i, '') : '';
}

function sendPage(response: Response, status: number, problem?: string): void {
  response.writeHead(status, SIGN_IN_HEADERS).end(signInPage(problem));
}

/** Lets admins in. */
export interface Doorkeeper {
  /** @throws HttpRefusal 401 for who is not known, 403 for who is no admin */
  admit(credentials: Credentials): Promise<Caller>;
}

/** Refuses who is known and no admin. @throws HttpRefusal 403 */
function requireAdmin({ role }: Pick<Caller, 'role'>): void {
  if (includesRole(role, 'admin')) return;
  throw new HttpRefusal(403, 'FORBIDDEN', `The job dashboard is for admins; you have the role ${role}. Ask an admin, or sign in with an admin’s key.`); // prettier-ignore
}

export function createDoorkeeper(identity: Identity): Doorkeeper {
  return {
    async admit(credentials) {
      const caller = await identity.identify(credentials).catch((error: unknown) => {
        throw isIdentityError(error) ? refusalOf(error) : error;
      });
      requireAdmin(caller);
      return caller;
    },
  };
}

/** A refusal of an identity as HTTP says it. */
function refusalOf(error: Parameters<typeof httpOf>[0] & Error): HttpRefusal {
  const { status, headers } = httpOf(error);
  return new HttpRefusal(status, error.code, error.message, headers.flat());
}
