import { isRejection } from '../../domain/rejection.js';
import type { Deps, Deciding, Ordering } from '../ports.js';
import { pauseScheduleBecause, resumeScheduleNow, type ScheduleAnswer } from './edit-schedules.js';
import { syncSchedules } from './sync-schedules.js';
import { because } from '../../domain/refusals.js';
import type { Told } from '../../domain/said.js';
import { PAUSES } from '../../domain/run/pause-words.js';

/** Why a schedule was paused whose job was, as its log says. */
const REASON = PAUSES.tell('FROM_DASHBOARD').text;

/** The jobs that are to stop waking the service, or to wake it again, and the actor of the order. */
export interface JobsTurn {
  readonly jobIds: readonly string[];
  readonly to: 'PAUSED' | 'ACTIVE';
  readonly actor: string;
}

/** How many schedules stand as was wanted, or why not all do: the first that could not be turned, and how many were. */
export type JobsTurned = { readonly ok: true; readonly schedules: number } | { readonly ok: false; readonly why: Told };

/**
 * Pauses or resumes the schedules of some jobs, and then lets the job store hold what follows: a job that was paused by itself would wake again after the
 * next sync, and its slots would be fired by the watchdog meanwhile. @throws where the job store does not answer
 */
export async function turnScheduleJobs(
  deps: Deciding & Ordering & Pick<Deps, 'exclusively' | 'scheduleJobs'>,
  { jobIds, to, actor }: JobsTurn,
): Promise<JobsTurned> {
  const jobs = new Map((await deps.scheduleJobs.list()).map((job) => [job.jobId, job]));
  const wanted = [...new Set(jobIds)].map((jobId) => jobs.get(jobId));
  const others = wanted.filter((job) => job === undefined).length;
  if (others > 0)
    return { ok: false, why: others === 1 ? because('JOB_OF_NO_SCHEDULE') : because('JOBS_OF_NO_SCHEDULE', { count: others }) };
  const scheduleIds = [...new Set(wanted.flatMap((job) => (job === undefined ? [] : [job.scheduleId])))];
  const refused: Told[] = [];
  try {
    for (const scheduleId of scheduleIds) {
      const answer = await turn(deps, { scheduleId, actor }, to);
      if (isRejection(answer) && !STANDS_SO.has(answer.code)) refused.push({ text: answer.message, said: answer.said });
    }
    const [why] = refused;
    if (why === undefined) return { ok: true, schedules: scheduleIds.length };
    const done = scheduleIds.length - refused.length;
    return { ok: false, why: done === 0 ? why : because('JOBS_TURNED_IN_PART', { done, of: scheduleIds.length, why: why.said }) };
  } finally {
    await syncSchedules(deps);
  }
}

/** Of a schedule that was turned already, by another caller. */
const STANDS_SO: ReadonlySet<string> = new Set(['ALREADY_PAUSED', 'NOT_PAUSED']);

function turn(deps: Deciding & Ordering, edit: { scheduleId: string; actor: string }, to: JobsTurn['to']): Promise<ScheduleAnswer> {
  return to === 'PAUSED' ? pauseScheduleBecause(deps, edit, REASON) : resumeScheduleNow(deps, edit);
}
