import { requestRun } from '../application/run/request-run.js';
import { isUuid } from '../domain/ids.js';
import { isRejection } from '../domain/rejection.js';
import { refusedCall } from './refused-call.js';
import type { RestCall, RestRequest } from './rest-call.js';
import { refusalSentence, sentence } from './words.js';
import type { Deps } from '../application/ports.js';
import { jobStoreAnswers, scheduleStatus } from '../application/schedules/schedule-status.js';
import { syncSchedules } from '../application/schedules/sync-schedules.js';
import { endsWithin } from '../base/ends-within.js';
import { assertNever } from '../domain/assert-never.js';
import type { RunStatus } from '../domain/run/run.js';

/** ms that a client waits for the job store. What is not done by then goes on, and the scheduler sees to it every few minutes anyway. */
const SYNC_MS = 5_000;

/** The figures of the schedules and of the periodic jobs, as IBSafe's clients know them. */
interface RestStatus {
  readonly total_schedules: number;
  readonly active_schedules: number;
  readonly periodic_tasks: number;
  readonly enabled_tasks: number;
}

/** How the schedules stand. A job store that does not answer has no tasks to show: clients take numbers only. */
export async function restStatus(deps: Pick<Deps, 'scheduleJobs' | 'transaction'>): Promise<RestStatus> {
  const { totalSchedules, activeSchedules, jobs } = await scheduleStatus(deps);
  return {
    total_schedules: totalSchedules,
    active_schedules: activeSchedules,
    periodic_tasks: jobs.ok ? jobs.jobs : 0,
    enabled_tasks: jobs.ok ? jobs.enabledJobs : 0,
  };
}

/**
 * Makes the job store hold what it should. @param report told why it does not, for the service log @returns whether it does. Never rejects: what was saved before stays saved, and a client
 * that is told of an error would send it again
 */
export async function syncedJobs(
  deps: Pick<Deps, 'exclusively' | 'scheduleJobs' | 'transaction'>,
  report: RestRequest['report'],
): Promise<boolean> {
  let isSynced = false;
  const sync = async (): Promise<void> => {
    if (!(await jobStoreAnswers(deps))) return;
    await syncSchedules(deps);
    isSynced = true;
  };
  await endsWithin(SYNC_MS, sync().catch(report));
  return isSynced;
}

/** `POST run/`: last night's batch now. The run is the task; what the body says is passed by, as the original did. */
export const runBatchCall: RestCall = {
  role: 'operator',
  isOrder: true,
  takesBody: false,
  async carryOut({ deps, caller }) {
    const answer = await requestRun(deps, { trigger: 'MANUAL' }, { actor: caller.actor });
    if (isRejection(answer)) throw refusedCall(409, refusalSentence(answer.code));
    return { status: 200, body: { message: sentence('RUN_REQUESTED'), task_id: answer.run.runId, status: 'PENDING' } };
  },
};

/** `GET status/?task_id=`: how it stands with a task. One that was never heard of is PENDING, as with Celery. */
export const taskStatusCall: RestCall = {
  role: 'viewer',
  isOrder: false,
  takesBody: false,
  async carryOut({ views }, { query }) {
    const taskId = query.getAll('task_id').at(-1) ?? '';
    if (taskId === '') throw refusedCall(400, sentence('MISSING', 'task_id'));
    const [run] = isUuid(taskId) ? await views.runs.byIds([taskId.toLowerCase()]) : [];
    const status = run === undefined ? 'PENDING' : taskWord(run.status);
    const ready = ['SUCCESS', 'FAILURE', 'REVOKED'].includes(status);
    const result = status === 'FAILURE' ? (run?.failureCode ?? null) : null;
    return {
      status: 200,
      body: { task_id: taskId, status, result, ready, successful: status === 'SUCCESS', failed: status === 'FAILURE' },
    };
  },
};

/** `POST sync/`: makes the job store hold a job for each schedule. */
export const syncJobsCall: RestCall = {
  role: 'operator',
  isOrder: true,
  takesBody: false,
  async carryOut({ deps }, { report }) {
    const isSynced = await syncedJobs(deps, report);
    const message = sentence(isSynced ? 'SYNCED' : 'NOT_SYNCED');
    return { status: 200, body: { message, sync_success: isSynced, status: await restStatus(deps) } };
  },
};

/** What Celery calls the states of a task. */
type TaskWord = 'PENDING' | 'STARTED' | 'RETRY' | 'SUCCESS' | 'FAILURE' | 'REVOKED';

/**
 * A run's status as Celery would call that of its task. A run that stands still has not ended and will be tried again; one in which some users failed has done its task, as the
 * original's had.
 */
function taskWord(status: RunStatus): TaskWord {
  switch (status) {
    case 'REQUESTED':
      return 'PENDING';
    case 'PLANNED':
    case 'RUNNING':
      return 'STARTED';
    case 'PAUSED':
      return 'RETRY';
    case 'COMPLETED':
    case 'COMPLETED_WITH_FAILURES':
      return 'SUCCESS';
    case 'FAILED':
      return 'FAILURE';
    case 'CANCELLED':
      return 'REVOKED';
    default:
      return assertNever(status);
  }
}
