import type { Deps } from '../application/ports.js';
import { jobStoreAnswers, scheduleStatus } from '../application/schedules/schedule-status.js';
import { syncSchedules } from '../application/schedules/sync-schedules.js';
import { endsWithin } from '../ends-within.js';

/** ms that a client waits for the job store. What is not done by then goes on, and the scheduler sees to it every few minutes anyway. */
const SYNC_MS = 5_000;

/** The figures of the schedules and of the periodic jobs, as IBSafe's clients know them. */
export interface RestStatus {
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

/** Makes the job store hold what it should. @returns whether it does. Never rejects: what was saved before stays saved, and a client that is told of an error would send it again */
export async function syncedJobs(deps: Pick<Deps, 'exclusively' | 'scheduleJobs' | 'transaction'>): Promise<boolean> {
  let isSynced = false;
  const sync = async (): Promise<void> => {
    if (!(await jobStoreAnswers(deps))) return;
    await syncSchedules(deps);
    isSynced = true;
  };
  await endsWithin(SYNC_MS, sync());
  return isSynced;
}
