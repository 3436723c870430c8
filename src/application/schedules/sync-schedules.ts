import type { Deps } from '../ports.js';
import { driftOf, type Drift } from './schedule-drift.js';

/** What a sync did to the job store, by the names of the jobs. */
export interface SyncReport {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/** What differs between schedules and job store now. */
async function currentDrift(deps: Pick<Deps, 'scheduleJobs' | 'transaction'>): Promise<Drift> {
  const schedules = await deps.transaction((tx) => tx.schedules.all());
  return driftOf(schedules, await deps.scheduleJobs.list());
}

/**
 * Makes the job store hold one recurring job per schedule, that of a paused one disabled. What is right is left alone: a job's history stays, and an edit near the due
 * minute loses nothing. Processes take turns, because two of them would add a missing job twice.
 */
export function syncSchedules(deps: Pick<Deps, 'exclusively' | 'scheduleJobs' | 'transaction'>): Promise<SyncReport> {
  return deps.exclusively('sync schedules', async () => {
    const { missing, extra, different } = await currentDrift(deps);
    for (const job of missing) await deps.scheduleJobs.put(job);
    for (const { jobId, wanted } of different) await deps.scheduleJobs.put({ ...wanted, jobId });
    if (extra.length > 0) await deps.scheduleJobs.remove(extra.map(({ jobId }) => jobId));
    return { added: names(missing), changed: names(different.map(({ wanted }) => wanted)), removed: names(extra) };
  });
}

function names(jobs: readonly { readonly name: string }[]): string[] {
  return jobs.map(({ name }) => name);
}
