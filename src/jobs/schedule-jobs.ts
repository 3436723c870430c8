import type { JobParameters } from 'agenda';
import type { ScheduleJob, ScheduleJobs } from '../application/ports.js';
import type { JobStore } from './job-store.js';
import { unlessSilent } from './unless-silent.js';

/** Most jobs that are read: those of runs stand among them, of which a long outage leaves thousands, and a job of a schedule may bear any name. */
const MAX_JOBS = 1_000_000;

interface ScheduleData {
  readonly scheduleId: string;
  readonly scheduleName: string;
}

/** The recurring jobs in Agenda's store: type `single`, one for each schedule, by its name; that of a paused one is disabled. */
export class AgendaScheduleJobs implements ScheduleJobs {
  constructor(private readonly store: JobStore) {}

  async list(): Promise<readonly ScheduleJob[]> {
    return (await this.rows()).map((job) => ({
      jobId: String(job._id),
      scheduleId: job.data.scheduleId,
      name: job.name,
      // A job that Agenda would not wake at some of its times is as good as one of another cadence.
      cron: isHeldBack(job) ? '' : String(job.repeatInterval ?? ''),
      timeZone: job.repeatTimezone ?? '',
      // Agenda finds by dates alone: of a job that has a text there, or nothing, it never comes to think.
      nextRunAt: isTime(job.nextRunAt) ? job.nextRunAt : null,
      enabled: job.disabled !== true,
    }));
  }

  async put(job: Omit<ScheduleJob, 'jobId'> & { readonly jobId?: string }): Promise<void> {
    const known = job.jobId === undefined ? undefined : (await this.rows()).find((row) => String(row._id) === job.jobId);
    // Agenda finds a job by id and name, so one whose schedule was renamed is made anew.
    const kept = known?.name === job.name ? known : undefined;
    if (known !== undefined && kept === undefined) await this.remove([String(known._id)]);
    const agenda = this.agenda();
    const fresh: JobParameters<ScheduleData> = { name: job.name, type: 'single', priority: 0, nextRunAt: null, data: dataOf(job) };
    // Everything it knew is written back: on MongoDB a field that is left out is set to null, its lock and its history too.
    const before: JobParameters<ScheduleData> & { state?: unknown } = { ...(kept ?? fresh) };
    for (const field of ['state', ...RESTRICTIONS] as const) delete before[field];
    const after = {
      ...before,
      data: dataOf(job),
      nextRunAt: job.nextRunAt,
      repeatInterval: job.cron,
      repeatTimezone: job.timeZone,
      disabled: !job.enabled,
    };
    await unlessSilent(agenda.db.saveJob(after, { lastModifiedBy: agenda.attrs.name ?? '' }));
  }

  async remove(jobIds: readonly string[]): Promise<void> {
    if (jobIds.length > 0) await unlessSilent(this.agenda().db.removeJobs({ ids: [...jobIds] }));
  }

  private async rows(): Promise<(JobParameters<ScheduleData> & { _id: NonNullable<JobParameters['_id']> })[]> {
    const { jobs } = await unlessSilent(this.agenda().db.queryJobs({ limit: MAX_JOBS, includeDisabled: true }));
    return jobs.filter((job) => job.type === 'single' && isScheduleData(job.data)) as (JobParameters<ScheduleData> & {
      _id: NonNullable<JobParameters['_id']>;
    })[];
  }

  private agenda(): NonNullable<JobStore['agenda']> {
    const { agenda } = this.store;
    if (agenda === undefined)
      throw new Error(`${this.store.kind} does not answer. Start it; schedules fire without it and its jobs are mended when it is back.`);
    return agenda;
  }
}

/** What keeps a job of Agenda from some of its times. No job of ours has any of it; a hand may have set it. */
const RESTRICTIONS = ['startDate', 'endDate', 'skipDays', 'repeatAt'] as const;

function isHeldBack(job: JobParameters): boolean {
  return RESTRICTIONS.some((field) => job[field] !== undefined);
}

function isTime(value: unknown): value is Date {
  return value instanceof Date && !Number.isNaN(value.getTime());
}

function dataOf({ scheduleId, name }: { scheduleId: string; name: string }): ScheduleData {
  return { scheduleId, scheduleName: name };
}

function isScheduleData(data: unknown): data is ScheduleData {
  return typeof (data as Partial<ScheduleData> | null)?.scheduleId === 'string';
}
