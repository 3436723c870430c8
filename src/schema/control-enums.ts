import { BACKFILL_ORDERS } from '../domain/backfill/backfill-events.js';
import { BACKFILL_STATUSES } from '../domain/backfill/backfill.js';
import { BACKFILL_DATE_STATUSES } from '../domain/backfill/date-status.js';
import { RETRIABLE_OUTCOMES } from '../domain/run/decide-retry.js';
import { PAUSE_CAUSES } from '../domain/run/run-events.js';
import { enumOf } from './enums.js';

export const PauseCauseEnum = enumOf(PAUSE_CAUSES, {
  name: 'PauseCause',
  description: 'What paused a run: an operator, or the service by itself.',
  values: {
    OPERATOR: 'An operator did; it goes on when an operator resumes it.',
    FAILURE_RATE: 'More users failed than may; it goes on when an operator resumes it.',
    GENERATOR_UNAVAILABLE: 'The generator serves no user; it goes on by itself when that is over.',
    FAULT: 'The database refuses the work, for want of a right or a table; it goes on when an operator has mended that and resumes it.',
  },
});

export const RetriableOutcomeEnum = enumOf(RETRIABLE_OUTCOMES, {
  name: 'RetriableOutcome',
  description: 'Outcomes that can be tried again.',
  values: {
    FAILED: 'Users whose generation failed.',
    SKIPPED: 'Users that were not eligible then.',
    CANCELLED: 'Users whose turn did not come before the run was cancelled.',
  },
});

export const BackfillOrderEnum = enumOf(BACKFILL_ORDERS, {
  name: 'BackfillOrder',
  description: 'Which of its dates a backfill runs first.',
  values: { OLDEST_FIRST: 'From the first to the last.', NEWEST_FIRST: 'From the last to the first.' },
});

export const BackfillStatusEnum = enumOf(BACKFILL_STATUSES, {
  name: 'BackfillStatus',
  description: 'Where a backfill stands. The last two are final.',
  values: {
    RUNNING: 'Runs of it are active, or dates still wait.',
    COMPLETED: 'Every date had its run, or was skipped with a code.',
    CANCELLED: 'Stopped by an operator: no more runs start, and active ones were told to end.',
  },
});

export const BackfillDateStatusEnum = enumOf(BACKFILL_DATE_STATUSES, {
  name: 'BackfillDateStatus',
  description: 'Where a date of a backfill stands.',
  values: {
    WAITING: 'Its turn has not come, or another run for the date is active.',
    RUNNING: 'Its run is active.',
    COMPLETED: 'Its run has ended and no user failed.',
    COMPLETED_WITH_FAILURES: 'Its run has ended and at least one user failed.',
    FAILED: 'Its run as a whole failed.',
    CANCELLED: 'Its run was cancelled, or the backfill was before it began.',
    SKIPPED: 'Its run was refused; the code says why.',
  },
});
