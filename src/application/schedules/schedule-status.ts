import { because } from '../../domain/refusals.js';
import type { Deps, ScheduleJob } from '../ports.js';
import { driftOf, type Drift } from './schedule-drift.js';

/** The job store's side of the schedules, or that it does not answer. */
export type JobsStatus =
  { readonly ok: true; readonly jobs: number; readonly enabledJobs: number; readonly drift: Drift } | { readonly ok: false };

/** How the schedules stand, and whether the job store holds what it should. */
export interface ScheduleFigures {
  /** Deleted ones are not counted. */
  readonly totalSchedules: number;
  readonly activeSchedules: number;
  readonly jobs: JobsStatus;
}

/** What an operator is told, and can do, while the job store does not answer. */
export const JOB_STORE_DOWN = because('JOB_STORE_UNAVAILABLE');

/** Totals and the drift between schedules and jobs. A job store that does not answer is told of, not thrown. */
export async function scheduleStatus(deps: Pick<Deps, 'scheduleJobs' | 'transaction'>): Promise<ScheduleFigures> {
  const schedules = await deps.transaction((tx) => tx.schedules.all());
  const jobs = await jobsNow(deps);
  return {
    totalSchedules: schedules.length,
    activeSchedules: schedules.filter(({ status }) => status === 'ACTIVE').length,
    jobs:
      jobs === undefined
        ? { ok: false }
        : { ok: true, jobs: jobs.length, enabledJobs: jobs.filter(({ enabled }) => enabled).length, drift: driftOf(schedules, jobs) },
  };
}

/** Whether the job store answers now. */
export async function jobStoreAnswers(deps: Pick<Deps, 'scheduleJobs'>): Promise<boolean> {
  return (await jobsNow(deps)) !== undefined;
}

/** Undefined when the store does not answer; why it does not is for its own log, since the texts of its errors may quote a job. */
async function jobsNow(deps: Pick<Deps, 'scheduleJobs'>): Promise<readonly ScheduleJob[] | undefined> {
  try {
    return await deps.scheduleJobs.list();
  } catch {
    return undefined;
  }
}
