import type { BackfillEvent } from '../../domain/backfill/backfill-events.js';
import type { Backfill } from '../../domain/backfill/backfill.js';
import { dateInZone, type LocalDate } from '../../domain/local-date.js';
import { eachOf } from '../each-of.js';
import { isRejection } from '../../domain/rejection.js';
import { decideRequest, refuseUnavailable } from '../../domain/run/decide-request.js';
import { refuseWithoutSchedule } from '../../domain/run/schedule-promise.js';
import { beginRun } from '../run/request-run.js';
import { requestFacts } from '../run/request-facts.js';
import { cancelRun } from '../run/cancel-run.js';
import { append } from '../decide-and-append.js';
import type { Calling, Deciding, Deps, Ordering, Transaction } from '../ports.js';
import { streamOfBackfill } from '../written-streams.js';

/**
 * Takes every backfill a step further: any process may call this, at any time, and several at once. @throws what the first one that failed threw, after
 * all have been tried
 */
export async function advanceBackfills(deps: Deciding & Ordering & Calling & Pick<Deps, 'backfills'>): Promise<void> {
  await eachOf(await deps.backfills.unsettled(), (backfillId) => advanceBackfill(deps, backfillId));
}

/**
 * Starts the runs of a backfill that may start now, ends it when all have ended, and tells the runs of a cancelled one to end. Each step is one
 * transaction under the lock of the backfill's row: the second caller finds it taken.
 */
export async function advanceBackfill(deps: Deciding & Ordering & Calling, backfillId: string): Promise<void> {
  for (;;) {
    const step = await deps.transaction((tx) => takeStep(deps, tx, backfillId));
    if (step.did === 'nothing') return;
    if (step.did === 'found runs to cancel') {
      for (const runId of step.runIds) await cancelRun(deps, runId, { reason: `Backfill ${backfillId} was cancelled.` }, step.actor);
      return;
    }
    if (step.did === 'started') {
      await deps.queue.enqueuePlan(step.runId);
      deps.progress.notify(step.runId);
    }
  }
}

type Step =
  | { readonly did: 'nothing' | 'skipped' }
  | { readonly did: 'started'; readonly runId: string }
  | { readonly did: 'found runs to cancel'; readonly runIds: readonly string[]; readonly actor: string };

const NOTHING: Step = { did: 'nothing' };

async function takeStep(deps: Deciding, tx: Transaction, backfillId: string): Promise<Step> {
  const backfill = await tx.backfills.lock(backfillId);
  if (backfill === undefined || backfill.status === 'COMPLETED') return NOTHING;
  const active = await tx.backfills.activeRuns(backfillId);
  if (backfill.status === 'CANCELLED') {
    const runIds = active.filter(({ told }) => !told).map(({ runId }) => runId);
    return runIds.length === 0 ? NOTHING : { did: 'found runs to cancel', runIds, actor: backfill.cancelledBy ?? backfill.actor };
  }
  const waiting = backfill.dates.filter(({ status }) => status === 'WAITING').map(({ recordDate }) => recordDate);
  if (waiting.length === 0 && active.length === 0) return record(deps, tx, backfill, { type: 'BackfillCompleted', data: {} });
  if (active.length >= backfill.request.maxActiveRuns) return NOTHING;
  // Its dates wait until a schedule is active again. Asked once: each of hundreds would be refused for itself, under a lock that keeps its date from others, at every sweep.
  if (refuseWithoutSchedule(backfill.request, await tx.runs.activeSchedules()) !== undefined) return NOTHING;
  // A process that has not got its generator, or its program, leaves it to one that has: it is configured otherwise, or of another release.
  if (refuseUnavailable(backfill.request, requestFacts(deps, today(deps))) !== undefined) return NOTHING;
  for (const recordDate of await tx.backfills.freeDates(backfill.request.program, waiting)) {
    const step = await tryDate(deps, tx, backfill, recordDate);
    if (step !== undefined) return step;
  }
  return NOTHING;
}

async function record(deps: Pick<Deps, 'settings'>, tx: Transaction, backfill: Backfill, event: BackfillEvent): Promise<Step> {
  await append(tx, streamOfBackfill(backfill.backfillId, backfill, deps.settings.workerId), [event]);
  return event.type === 'BackfillDateSkipped' ? { did: 'skipped' } : NOTHING;
}

/** Starts the run of a date, where a schedule is active or none is needed. @returns undefined when it must wait for another run of the date */
async function tryDate(deps: Deciding, tx: Transaction, backfill: Backfill, recordDate: LocalDate): Promise<Step | undefined> {
  const { backfillId, request: wanted, actor } = backfill;
  const { program, generator, onExisting, reason, withoutSchedule } = wanted;
  const links = { trigger: 'BACKFILL' as const, backfillId, recordDate, ...(reason !== undefined && { reason }), ...(withoutSchedule !== undefined && { withoutSchedule }) }; // prettier-ignore
  const request = decideRequest(
    { program, generator, onExisting, ...links },
    {
      ...requestFacts(deps, today(deps)),
      activeRunId: await tx.runs.lockDate(program, recordDate),
    },
  );
  if (isRejection(request)) {
    // Its dates had all passed when it was asked for: the clock of this process is behind.
    if (request.code === 'RUN_ALREADY_ACTIVE' || request.code === 'DATE_IN_FUTURE') return undefined;
    return record(deps, tx, backfill, { type: 'BackfillDateSkipped', data: { recordDate, code: request.code } });
  }
  const runId = deps.idOf('backfill', backfillId, recordDate);
  await beginRun(deps, tx, { runId, request, actor });
  await record(deps, tx, backfill, { type: 'BackfillRunStarted', data: { recordDate, runId } });
  return { did: 'started', runId };
}

function today({ clock, settings }: Pick<Deps, 'clock' | 'settings'>): LocalDate {
  return dateInZone(clock(), settings.timeZone);
}
