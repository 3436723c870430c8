import type { Agenda } from 'agenda';
import { createExpressMiddleware } from 'agendash';
import express, { type ErrorRequestHandler, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import type { IncomingMessage } from 'node:http';
import type { Caller, Identity } from '../../identity/caller.js';
import { HttpRefusal } from '../http/exchange.js';
import type { ExtraRoutes } from '../http/options.js';
import { DASHBOARD_PATH } from '../http/paths.js';
import { AGENDASH_FILES, AGENDASH_HEADERS, agendashPage } from './agendash-page.js';
import { READABLE_STYLE } from './readable-style.js';
import { ofRequest, ofStore, storeDown } from './store-failures.js';
import { createDoorkeeper, type Doorkeeper, signInRoutes } from './sign-in.js';
import { jobOrders, type TurnJobs } from './job-orders.js';
import { credentialsOfPage } from '../session/credentials-of.js';
import type { Front } from '../session/sign-in-front.js';
import { isFromAnotherPage, isLinkFollowed } from '../http/page-origin.js';
import { DASHBOARD } from './dashboard-words.js';
import { languageAsked } from '../http/accept.js';

/** What the dashboard is made from. */
export interface DashboardOptions {
  readonly identity: Identity;
  /** Where visitors sign in; undefined where every caller is the local admin. */
  readonly front: Front | undefined;
  /** Agenda, while its store answers. */
  readonly agenda: () => Agenda | undefined;
  readonly turnJobs: TurnJobs;
}

/** Agendash behind a door. */
export interface Dashboard {
  readonly routes: ExtraRoutes;
  /** Ends the streams that open pages hold, for which a stop would otherwise wait. */
  readonly close: () => void;
}

/**
 * Makes the dashboard: Agendash has no door of its own, and a caller who gets in can delete every job. For admins, and for pages of this origin; and to look at,
 * but for what pauses and resumes schedules.
 */
export function createDashboard({ identity, front, agenda, turnJobs }: DashboardOptions): Dashboard {
  const doorkeeper = createDoorkeeper(identity);
  const streams = new Set<Response>();
  const app = express().disable('x-powered-by').enable('case sensitive routing');
  app.use(DASHBOARD_PATH, (request, _response, next) => {
    requireOwnSite(request);
    next();
  });
  if (front !== undefined) app.use(DASHBOARD_PATH, signInRoutes(front));
  app.use(DASHBOARD_PATH, door(doorkeeper), page(front !== undefined), files());
  app.get(`${DASHBOARD_PATH}/api/events`, watchedStream({ identity, streams }));
  app.use(DASHBOARD_PATH, whileAnswering(agenda), jobOrders(turnJobs), agendash(agenda));
  app.use(clientMistakes);
  const routes: ExtraRoutes = (request, response, next) => app(request as Request, response as Response, next);
  return { routes, close: () => streams.forEach((stream) => stream.destroy()) };
}

function door(doorkeeper: Doorkeeper): RequestHandler {
  return async (request, response, next) => {
    try {
      response.locals['caller'] = await doorkeeper.admit(credentialsOfPage(request));
    } catch (error) {
      const wantsPage = isRead(request) && request.accepts(['json', 'html']) === 'html';
      if (!wantsPage || !(error instanceof HttpRefusal) || error.status !== 401) throw error;
      return response.redirect(303, `${DASHBOARD_PATH}/login`);
    }
    next();
  };
}

function page(signIn: boolean): RequestHandler {
  return (request, response, next) => {
    if (request.path !== '/' || !isRead(request)) return next();
    // Agendash names its files relatively.
    if (!request.originalUrl.startsWith(`${DASHBOARD_PATH}/`)) return response.redirect(303, `${DASHBOARD_PATH}/`);
    const { actor } = response.locals['caller'] as Caller;
    response
      .set(AGENDASH_HEADERS)
      .type('html')
      .send(agendashPage(signIn ? actor : undefined, languageAsked(request)));
  };
}

/** A HEAD is answered as its GET, without the body. */
function isRead({ method }: Request): boolean {
  return method === 'GET' || method === 'HEAD';
}

function files(): RequestHandler {
  const router = express.Router();
  router.get('/readable.css', (_request, response) => void response.set(AGENDASH_HEADERS).type('css').send(READABLE_STYLE));
  const year = 31_536_000_000;
  // Their names carry hashes; still only for callers that were let in, hence private.
  const setHeaders = (response: Response): void => void response.set('cache-control', `private, max-age=${year / 1_000}, immutable`);
  router.use('/assets', express.static(`${AGENDASH_FILES}/assets`, { fallthrough: false, index: false, setHeaders }));
  return router;
}

/** Agendash's own stream of job states lasts for ever; this one lasts while its reader may stay, and while the service does. */
function watchedStream({ identity, streams }: { identity: Identity; streams: Set<Response> }): RequestHandler {
  return (request, response, next) => {
    // A stream without a body would be answered by nothing, and never end.
    if (request.method === 'HEAD') {
      response.status(200).type('text/event-stream').end();
      return;
    }
    streams.add(response);
    const stopWatching = identity.watch(credentialsOfPage(request), () => response.destroy());
    response.once('close', () => {
      stopWatching();
      streams.delete(response);
    });
    next();
  };
}

function whileAnswering(current: () => Agenda | undefined): RequestHandler {
  return (_request, _response, next) => {
    if (current() === undefined) throw storeDown();
    next();
  };
}

/** Agendash over the Agenda of the moment: after the store was away it is another one. Made for each request, so that what the store says meanwhile belongs to that one. */
function agendash(current: () => Agenda | undefined): RequestHandler {
  return (request, response, next) => {
    const agenda = current();
    if (agenda === undefined) return next();
    const failures: unknown[] = [];
    keptByNoCache(response);
    inOurWords(response, failures, next);
    void createExpressMiddleware(overheard(agenda, failures), { skipStaticFiles: true })(request, response, next);
  };
}

/** An Agenda that also tells why the store did not do what it was asked: Agendash keeps no more of that than a text. */
function overheard(agenda: Agenda, failures: unknown[]): Agenda {
  return new Proxy(agenda, {
    get(target, name) {
      const found: unknown = Reflect.get(target, name, target);
      if (typeof found !== 'function') return found;
      return (...values: unknown[]): unknown => {
        const answer: unknown = Reflect.apply(found, target, values);
        if (answer instanceof Promise) answer.catch((error: unknown) => failures.push(error));
        return answer;
      };
    },
  });
}

/** Sets the `no-store` that every answer begins with, whatever else is set: Agendash's stream would be `no-cache`, which lets a cache keep it. A refusal sets its headers anew. */
function keptByNoCache(response: Response): void {
  const set = response.setHeader.bind(response);
  response.setHeader = (name, value) => set(name, name.toLowerCase() === 'cache-control' ? 'no-store' : value);
}

/**
 * Agendash tells its client what the store's library said of a failure. That stays inside: the words are ours, and what the store failed
 * by is told as by any route.
 */
function inOurWords(response: Response, failures: readonly unknown[], next: NextFunction): void {
  const json = response.json.bind(response);
  response.json = (body) => {
    const { statusCode } = response;
    if (statusCode < 400) return json(body);
    next(failures.length > 0 ? ofStore(failures) : ofRequest(statusCode));
    return response;
  };
}

/** A body that cannot be read, a file that is not there: express says so by a status, and it is no failure of ours. */
const clientMistakes: ErrorRequestHandler = (error: unknown, _request, _response, next) => {
  const { status } = error as { status?: unknown };
  const isTheirs = typeof status === 'number' && status >= 400 && status < 500 && !(error instanceof HttpRefusal);
  next(isTheirs ? new HttpRefusal(status, 'BAD_REQUEST', DASHBOARD.tell('REQUEST')) : error);
};

/**
 * Lets no page of another origin act or look here in a visitor's name: Agendash deletes and requeues by simple POSTs. SameSite cookies are not
 * enough, because another port of the same host counts as the same site. Only following a link from elsewhere is allowed.
 * @throws HttpRefusal 403
 */
function requireOwnSite(request: IncomingMessage): void {
  if (isFromAnotherPage(request) && !isLinkFollowed(request)) throw new HttpRefusal(403, 'FORBIDDEN', DASHBOARD.tell('OTHER_SITE'));
}
