import { forecastOf, likelyEligible, type RunForecast } from '../../domain/run/forecast.js';
import type { RunRequest } from '../../domain/run/run-events.js';
import type { Run } from '../../domain/run/run.js';
import { planChunks, usersPerChunk } from '../../domain/run/chunks.js';
import { append } from '../decide-and-append.js';
import { streamOfRun } from '../written-streams.js';
import { afterRun, completeRun } from './complete-run.js';
import { pauseAtPlan } from './pause-run.js';
import { traceEnd } from './run-end.js';
import type { Calling, Deciding, Deps, Ordering, Planning } from '../ports.js';
import { asTyped } from '../../base/as-typed.js';
import type { LocalDate } from '../../domain/local-date.js';
import { todayOfRecalls } from '../recalls/today-of-recalls.js';

/**
 * Fixes the roster of a requested run as chunks and opens its lanes. Does nothing for a run that is planned already: a job may come twice. A run that
 * cannot be planned, since the database refuses to be read, is ended as failed: it would keep its date and its schedule's next slots from others. Where IBSafe's columns
 * are of other types it is paused instead, as it would be at its chunks: once they are mended it goes on.
 * @param begin told how many lanes its chunks keep busy, before other processes are called to them; not where there is nothing to work on now
 */
export async function planRun(deps: Planning, runId: string, begin: (lanes: number) => void = () => undefined): Promise<void> {
  const stored = await deps.runs.find(runId);
  if (stored === undefined) return;
  if (stored.run.status === 'REQUESTED') {
    if (await deps.transaction((tx) => tx.runs.mustWait(runId))) return;
    try {
      const roster = await rosterOf(deps, stored.run.request);
      // A retry that was asked for in the moment in which its parent's month went: it found no user to repeat, and would end as if none had failed. Asked for after it
      // read them: the month may go, and have it wait, while it reads.
      if (await repeatsLetGo(deps, stored.run.request)) {
        await failRun(deps, runId, 'BEFORE_RETENTION');
        return;
      }
      await plan(deps, stored.run, roster);
    } catch (error) {
      const { kind, code } = deps.faultOf(error);
      if (code === COLUMNS_UNFIT) await pauseAtPlan(deps, runId, code);
      else if (kind === 'SETUP') await failRun(deps, runId, code);
      throw error;
    }
    deps.progress.notify(runId);
  }
  await openLanes(deps, runId, begin);
}

/** What a read of IBSafe's tables is refused with where their columns are of other types than are read. */
const COLUMNS_UNFIT = 'COLUMNS_UNFIT';

async function repeatsLetGo(deps: Pick<Deps, 'outcomes' | 'runs'>, { parentRunId, retry }: RunRequest): Promise<boolean> {
  if (parentRunId === undefined || retry === undefined) return false;
  const parent = await deps.runs.find(parentRunId);
  return parent !== undefined && (await deps.outcomes.letGo(parent.month)) !== undefined;
}

async function plan(
  deps: Pick<Deps, 'forecasts' | 'settings' | 'transaction'>,
  { runId, request }: Run,
  roster: readonly number[],
): Promise<void> {
  const { chunkSize, chunkSteps } = deps.settings;
  const chunks = planChunks(roster, request.chunkSize ?? usersPerChunk(roster.length, chunkSize, chunkSteps));
  const forecast = await forecastAtPlan(deps, request, roster.length);
  await deps.transaction(async (tx) => {
    const stored = await tx.runs.lock(runId);
    if (stored?.run.status !== 'REQUESTED') return;
    // Of two that are planned at once, of one date or of one schedule, each would not see the other begin.
    if (!request.dryRun) await tx.runs.lockDate(request.program, request.recordDate);
    if (request.scheduleId !== undefined) await tx.runs.lockSchedule(request.scheduleId);
    if (await tx.runs.mustWait(runId)) return;
    await tx.chunks.plan(runId, stored.month, chunks);
    const planned = { roster: roster.length, chunks: chunks.map(({ chunk }) => chunk), forecast };
    await append(tx, streamOfRun(stored, deps.settings.workerId), [{ type: 'RunPlanned', data: planned }]);
  });
}

/** From past runs alone: a count of eligible users would read the records of all users, which the run itself is about to do. */
async function forecastAtPlan({ forecasts }: Pick<Deps, 'forecasts'>, request: RunRequest, roster: number): Promise<RunForecast> {
  const { generator, program } = request;
  const experience = await forecasts.experience(generator, program);
  return forecastOf(likelyEligible(roster, experience, request), experience, forecasts.model(generator, program));
}

async function failRun(deps: Deciding & Ordering & Calling & Pick<Deps, 'backfills'>, runId: string, code: string): Promise<void> {
  const failed = await deps.transaction(async (tx) => {
    const stored = await tx.runs.lock(runId);
    if (stored?.run.status !== 'REQUESTED') return undefined;
    await append(tx, streamOfRun(stored, deps.settings.workerId), [{ type: 'RunFailed', data: { code } }]);
    return stored.run;
  });
  if (failed !== undefined) traceEnd(deps, failed, 'FAILED');
  await afterRun(deps, runId);
}

async function openLanes(
  deps: Deciding & Ordering & Calling & Pick<Deps, 'backfills' | 'runs'>,
  runId: string,
  begin: (lanes: number) => void,
): Promise<void> {
  const stored = await deps.runs.find(runId);
  if (stored === undefined) return;
  const { status, chunkCount } = stored.run;
  if (status !== 'PLANNED' && status !== 'RUNNING') return;
  if (chunkCount === 0) {
    await completeRun(deps, runId);
    return;
  }
  const lanes = Math.min(chunkCount ?? 1, await deps.lanes.capacity());
  begin(lanes);
  await deps.queue.enqueueLanes(runId, lanes);
}

type Roster = Pick<Deps, 'clock' | 'outcomes' | 'programs' | 'recalled' | 'recalls' | 'records' | 'runs' | 'settings' | 'transaction'>;

/** Ids of the users that a run is to cover, ascending: all users, the users it was asked for, those of its parent that it repeats (of the users it was asked for where it names some), or those whose advice is recalled. */
async function rosterOf(deps: Roster, request: RunRequest): Promise<number[]> {
  const { userIds, parentRunId, retry, recallId } = request;
  if (recallId !== undefined && retry === undefined) return recalledRoster(deps, recallId, request);
  if (retry === undefined || parentRunId === undefined) return deps.records.roster(userIds);
  const parent = await deps.runs.find(parentRunId);
  if (parent === undefined)
    throw new Error(`run ${parentRunId}, whose users are to be repeated, is in no view: run "${asTyped('rebuild')}"`);
  return deps.outcomes.usersOf({ runId: parentRunId, month: parent.month }, retry, userIds);
}

/** Users whose advice holds what is recalled, now that all earlier runs of its date have ended; none where the day of that advice is over. */
async function recalledRoster(deps: Roster, recallId: string, { program: name, recordDate: date }: RunRequest): Promise<number[]> {
  const [recall, program] = [await deps.recalls.find(recallId), deps.programs.get(name)];
  if (recall === undefined) throw new Error(`recall ${recallId} is in no view: run "${asTyped('rebuild')}"`);
  const recordDate = date as LocalDate;
  if (program === undefined || program.targetDate(recordDate) < (await deps.transaction((tx) => todayOfRecalls(deps, tx)))) return [];
  return deps.recalled.users(recall.request.cause, program, recordDate);
}
