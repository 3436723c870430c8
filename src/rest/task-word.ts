import { assertNever } from '../domain/assert-never.js';
import type { RunStatus } from '../domain/run/run.js';

/** What Celery calls the states of a task. */
export type TaskWord = 'PENDING' | 'STARTED' | 'RETRY' | 'SUCCESS' | 'FAILURE' | 'REVOKED';

/**
 * A run's status as Celery would call that of its task. A run that stands still has not ended and will be tried again; one in which some users failed has done its task, as the
 * original's had.
 */
export function taskWord(status: RunStatus): TaskWord {
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
