import { requestRun } from '../application/run/request-run.js';
import { isUuid } from '../domain/ids.js';
import { isRejection } from '../domain/rejection.js';
import { restStatus, syncedJobs } from './job-sync.js';
import { refusedCall } from './refused-call.js';
import type { RestCall } from './rest-call.js';
import { taskWord } from './task-word.js';
import { refusalSentence, sentence } from './words.js';

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
  async carryOut({ deps }) {
    const isSynced = await syncedJobs(deps);
    const message = sentence(isSynced ? 'SYNCED' : 'NOT_SYNCED');
    return { status: 200, body: { message, sync_success: isSynced, status: await restStatus(deps) } };
  },
};
