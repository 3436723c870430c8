import { Router, urlencoded, type Request, type Response } from 'express';
import { HttpRefusal } from '../http/exchange.js';
import { DASHBOARD_PATH } from '../http/paths.js';
import type { Doorkeeper } from './doorkeeper.js';
import { sessionCookie, sessionIdOf } from './session-cookie.js';
import type { Sessions } from './sessions.js';
import { SIGN_IN_HEADERS, signInPage } from './sign-in-page.js';

/** The page on which a browser signs in, and the way out. A browser cannot send a bearer token by itself, so it is given a session. */
export function signInRoutes(doorkeeper: Doorkeeper, sessions: Sessions): Router {
  const router = Router();
  router.get('/login', (_request, response) => sendPage(response, 200));
  // oxlint-disable-next-line oxc/no-async-endpoint-handlers -- express 5 hands a rejection on
  router.post('/login', urlencoded({ extended: false, limit: '16kb', parameterLimit: 5 }), async (request, response) => {
    const token = tokenIn(request);
    try {
      await doorkeeper.admit({ headers: { host: request.headers.host, authorization: `Bearer ${token}` } });
    } catch (error) {
      if (!(error instanceof HttpRefusal)) throw error;
      return sendPage(response, error.status, error.message);
    }
    closeSession(request, sessions); // one that is replaced shall not live on
    response.setHeader('set-cookie', sessionCookie(request, sessions.open(token)));
    response.redirect(303, `${DASHBOARD_PATH}/`);
  });
  router.post('/logout', (request, response) => {
    closeSession(request, sessions);
    response.setHeader('set-cookie', sessionCookie(request, undefined));
    response.redirect(303, `${DASHBOARD_PATH}/login`);
  });
  return router;
}

/** What was pasted, often with blanks or the word Bearer around it. */
function tokenIn({ body }: Request): string {
  const { token } = (body ?? {}) as { token?: unknown };
  return typeof token === 'string' ? token.trim().replace(/^Bearer\s+/i, '') : '';
}

function closeSession(request: Request, sessions: Sessions): void {
  const id = sessionIdOf(request);
  if (id !== undefined) sessions.close(id);
}

function sendPage(response: Response, status: number, problem?: string): void {
  response.writeHead(status, SIGN_IN_HEADERS).end(signInPage(problem));
}
