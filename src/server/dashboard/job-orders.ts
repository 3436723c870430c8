import { json, Router, type Request, type RequestHandler } from 'express';
import { asTyped } from '../../base/as-typed.js';
import type { JobsTurn, JobsTurned } from '../../application/schedules/turn-schedule-jobs.js';
import type { Caller } from '../../identity/caller.js';
import { HttpRefusal } from '../http/exchange.js';
import { DASHBOARD } from './dashboard-words.js';
import type { Told } from '../../domain/said.js';

/** Most jobs of one order: a page shows fewer. */
const MAX_JOBS = 1_000;

/** Pauses and resumes the schedules of jobs. */
export type TurnJobs = (turn: JobsTurn) => Promise<JobsTurned>;

/**
 * Everything that changes something. Agendash would write into the job store, which the next sync undoes and no log tells of: so nothing but looks is let
 * through to it, and the two orders that mean a schedule are carried out on the schedule. What is sent otherwise is refused, whatever Agendash may add.
 */
export function jobOrders(turnJobs: TurnJobs): Router {
  const router = Router();
  router.post('/api/jobs/pause', json(), turning(turnJobs, 'PAUSED', 'pausedCount'));
  router.post('/api/jobs/resume', json(), turning(turnJobs, 'ACTIVE', 'resumedCount'));
  router.use((request, _response, next) => {
    if (['GET', 'HEAD', 'OPTIONS'].includes(request.method)) return next();
    throw new HttpRefusal(405, 'NOT_OFFERED', refusalOf(request.path), ['allow', 'GET, HEAD']);
  });
  return router;
}

function turning(turnJobs: TurnJobs, to: JobsTurn['to'], counted: string): RequestHandler {
  return async (request, response) => {
    const { actor } = response.locals['caller'] as Caller;
    const turned = await turnJobs({ jobIds: jobIdsOf(request), to, actor });
    if (!turned.ok) throw new HttpRefusal(409, 'NOT_DONE', turned.why);
    response.json({ [counted]: turned.schedules });
  };
}

function jobIdsOf({ body }: Request): string[] {
  const { jobIds } = (body ?? {}) as { jobIds?: unknown };
  if (Array.isArray(jobIds) && jobIds.length <= MAX_JOBS && jobIds.every((id) => typeof id === 'string')) return jobIds;
  throw new HttpRefusal(400, 'BAD_REQUEST', DASHBOARD.tell('JOB_IDS', { most: MAX_JOBS }));
}

function refusalOf(path: string): Told {
  switch (path.replace(/\/$/, '')) {
    case '/api/jobs/create':
      return DASHBOARD.tell('NONE_MADE', { command: asTyped('schedule create') });
    case '/api/jobs/delete':
      return DASHBOARD.tell('NONE_DELETED', { command: asTyped('schedule delete') });
    case '/api/jobs/requeue':
      return DASHBOARD.tell('NONE_REQUEUED', { command: asTyped('retry') });
    case '/api/jobs/retry':
      return DASHBOARD.tell('NONE_RETRIED', { command: asTyped('retry') });
    default:
      return DASHBOARD.tell('LOOKED_AT');
  }
}
