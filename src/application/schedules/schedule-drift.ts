import { cronTextOf } from '../../domain/schedule/cadence.js';
import { dueSlot } from '../../domain/schedule/overdue-slot.js';
import type { Schedule } from '../../domain/schedule/schedule.js';
import type { ScheduleJob } from '../ports.js';

/** A job as it should be. */
export type WantedJob = Omit<ScheduleJob, 'jobId'>;

/** A job that is there and not as it should be. */
export interface DifferentJob {
  readonly wanted: WantedJob;
  readonly jobId: string;
  /** Names of what differs. */
  readonly fields: readonly (keyof WantedJob)[];
}

/** The differences between the schedules and the jobs in the job store. */
export interface Drift {
  readonly missing: readonly WantedJob[];
  readonly extra: readonly ScheduleJob[];
  readonly different: readonly DifferentJob[];
}

/** The recurring job that a schedule should have: a paused one's is there and never wakes the service, so that it can be resumed where jobs are looked at. Its name is what the dashboard shows. */
export function wantedJob(schedule: Schedule): WantedJob {
  const { scheduleId, settings, status } = schedule;
  const { name, timeZone } = settings;
  return {
    scheduleId,
    name: `schedule: ${name} (${scheduleId.slice(-6)})`,
    cron: cronTextOf(settings),
    timeZone,
    nextRunAt: dueSlot(schedule),
    enabled: status === 'ACTIVE',
  };
}

/** Compares schedules, none of which is deleted, with the jobs in the store. Two jobs for one schedule: the second is extra. */
export function driftOf(schedules: readonly Schedule[], jobs: readonly ScheduleJob[]): Drift {
  const wanted = new Map(schedules.map((schedule) => [schedule.scheduleId, wantedJob(schedule)]));
  const kept = new Map<string, ScheduleJob>();
  const extra: ScheduleJob[] = [];
  for (const job of jobs) {
    if (!wanted.has(job.scheduleId) || kept.has(job.scheduleId)) extra.push(job);
    else kept.set(job.scheduleId, job);
  }
  const missing = [...wanted.values()].filter(({ scheduleId }) => !kept.has(scheduleId));
  const different = [...kept.values()].flatMap((job) => {
    const want = wanted.get(job.scheduleId) as WantedJob;
    const fields = differingFields(want, job);
    return fields.length === 0 ? [] : [{ wanted: want, jobId: job.jobId, fields }];
  });
  return { missing, extra, different };
}

function differingFields(wanted: WantedJob, job: ScheduleJob): (keyof WantedJob)[] {
  const fields = (['name', 'cron', 'timeZone', 'enabled'] as const).filter((field) => wanted[field] !== job[field]);
  // A job that wakes too early is harmless: it finds nothing due. One that wakes late, or never, is not.
  const late = wanted.nextRunAt !== null && (job.nextRunAt === null || job.nextRunAt > wanted.nextRunAt);
  return late ? [...fields, 'nextRunAt'] : fields;
}
