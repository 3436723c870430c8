import { Router, urlencoded, type Request, type Response } from 'express';
import { HttpRefusal } from '../http/exchange.js';
import { isIdentityError } from '../http/identity-error.js';
import { DASHBOARD_PATH } from '../http/paths.js';
import { isFromOwnPage } from '../http/page-origin.js';
import type { Front } from '../session/sign-in-front.js';
import { refusalOf, requireAdmin } from './doorkeeper.js';
import { SIGN_IN_HEADERS, signInPage } from './sign-in-page.js';

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
