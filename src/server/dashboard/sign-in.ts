import { Router, urlencoded, type Request, type Response } from 'express';
import { HttpRefusal } from '../http/exchange.js';
import { refusalOf } from '../http/refusal-of.js';
import { DASHBOARD_PATH } from '../http/paths.js';
import { isFromOwnPage } from '../http/page-origin.js';
import type { Front } from '../session/sign-in-front.js';
import type { Caller, Credentials, Identity } from '../../identity/caller.js';
import { includesRole } from '../../identity/role.js';
import { asTyped } from '../../base/as-typed.js';
import { escapeHtml, plainPage, plainPageHeaders } from '../pages/page-shell.js';
import { inWords } from '../../words/code-words.js';
import type { Language, Told } from '../../domain/said.js';
import { languageAsked } from '../http/accept.js';
import { DASHBOARD } from './dashboard-words.js';

/**
 * The headers of the sign-in page: it may send its form to this server. Under the usual policy, no referrer at all, browsers send
 * `origin: null` with a form, and it would be taken for one of another site.
 */
const SIGN_IN_HEADERS = { ...plainPageHeaders({ 'form-action': ["'self'"] }), 'referrer-policy': 'same-origin' };

/** The page on which an admin shows a key. @param problem why the last try was refused */
function signInPage(language: Language, problem?: string): string {
  const say = ({ said }: Told): string => escapeHtml(inWords(said, language)).replaceAll(/`(.*?)`/gu, '<code>$1</code>');
  const refused = problem === undefined ? '' : `<p class="problem" role="alert">${escapeHtml(problem)}</p>\n`;
  const command = asTyped('key create --name … --role admin');
  return plainPage(
    `${say(DASHBOARD.tell('SIGN_IN'))} · IBSafe Batch`,
    `<h1>${say(DASHBOARD.tell('TITLE'))}</h1>
<p class="lead">${say(DASHBOARD.tell('LEAD'))}</p>
${refused}<form method="post" action="${DASHBOARD_PATH}/login">
<label for="token">${say(DASHBOARD.tell('KEY'))}</label>
<input id="token" name="token" type="password" autocomplete="current-password" spellcheck="false" maxlength="8192" required autofocus>
<button type="submit">${say(DASHBOARD.tell('SIGN_IN'))}</button>
</form>
<p class="soft">${say(DASHBOARD.tell('KEY_MADE', { command }))} <a href="/console">${say(DASHBOARD.tell('TO_CONSOLE'))}</a></p>`,
    language,
  );
}

/** The dashboard's own page on which a browser signs in, and the way out. It is the same session as the console's; this page needs no script. */
export function signInRoutes(front: Front): Router {
  const router = Router();
  router.get('/login', (request, response) => sendPage(response, { status: 200, language: languageAsked(request) }));
  // oxlint-disable-next-line oxc/no-async-endpoint-handlers -- express 5 hands a rejection on
  router.post('/login', urlencoded({ extended: false, limit: '16kb', parameterLimit: 5 }), async (request, response) => {
    requirePage(request);
    try {
      response.setHeader('set-cookie', await front.signIn(request, keyIn(request), requireAdmin));
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === undefined) throw error;
      const language = languageAsked(request);
      return sendPage(response, { status: refusal.status, language, problem: refusal.in(language) });
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
  if (!isFromOwnPage(request)) throw new HttpRefusal(403, 'FORBIDDEN', DASHBOARD.tell('OTHER_SITE'));
}

/** What was pasted, often with blanks or the word Bearer around it. */
function keyIn({ body }: Request): string {
  const { token } = (body ?? {}) as { token?: unknown };
  return typeof token === 'string' ? token.trim().replace(/^Bearer\s+/i, '') : '';
}

interface ShownPage {
  readonly status: number;
  readonly language: Language;
  readonly problem?: string;
}

function sendPage(response: Response, { status, language, problem }: ShownPage): void {
  response.writeHead(status, SIGN_IN_HEADERS).end(signInPage(language, problem));
}

/** Lets admins in. */
export interface Doorkeeper {
  /** @throws HttpRefusal 401 for a caller that is not known, 403 for one that is no admin */
  admit(credentials: Credentials): Promise<Caller>;
}

/** Refuses who is known and no admin. @throws HttpRefusal 403 */
function requireAdmin({ role }: Pick<Caller, 'role'>): void {
  if (includesRole(role, 'admin')) return;
  throw new HttpRefusal(403, 'FORBIDDEN', DASHBOARD.tell('FOR_ADMINS', { role }));
}

export function createDoorkeeper(identity: Identity): Doorkeeper {
  return {
    async admit(credentials) {
      const caller = await identity.identify(credentials).catch((error: unknown) => {
        throw refusalOf(error) ?? error;
      });
      requireAdmin(caller);
      return caller;
    },
  };
}
