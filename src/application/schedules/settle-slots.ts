import { dateInZone } from '../../domain/local-date.js';
import { programOf } from '../../domain/programs/all-programs.js';
import { isRejection } from '../../domain/rejection.js';
import { GENERATORS } from '../../domain/outcome.js';
import { decideRequest } from '../../domain/run/decide-request.js';
import type { RunRequest } from '../../domain/run/run-events.js';
import { decideSlots, type SlotDecision } from '../../domain/schedule/decide-slots.js';
import { readyByOf } from '../../domain/schedule/ready-by.js';
import type { SlotEvent } from '../../domain/schedule/schedule-events.js';
import { type Schedule, isSettledAhead } from '../../domain/schedule/schedule.js';
import { recordDateOf } from '../../domain/slots/record-date.js';
import { beginRun } from '../run/request-run.js';
import { requestFacts } from '../run/request-facts.js';
import { append, decideAndAppend } from '../decide-and-append.js';
import type { Deps, SlotEntry, Transaction, Deciding } from '../ports.js';
import { streamOfSchedule, streamOfRun } from '../written-streams.js';
import { decideCancel } from '../../domain/run/decide-control.js';
import { OWN_ACTORS } from '../../domain/own-actors.js';

/** Why a run was cancelled that a slot of the future had asked for. */
const WHY = 'Its slot is still to come: the clock was ahead, and was set back.';

/**
 * Gives a locked schedule back the slots that were recorded by a clock that was ahead: each comes due again at its own time, and no night is lost. Runs
 * that were made of them end where they have not ended yet; what they wrote stays, and their users are skipped the next time.
 */
async function reopenSlots(tx: Transaction, schedule: Schedule, { now, actor }: { now: Date; actor: string }): Promise<Schedule> {
  if (!isSettledAhead(schedule, now)) return schedule;
  const { scheduleId } = schedule;
  const { entries, runIds, firstSlot, lastSlot, lastFired } = await tx.slots.takeBack(scheduleId, now);
  for (const runId of runIds) await cancel(tx, runId, actor);
  const data = {
    // Slots that are past by now and were decided by the other clock are decided anew.
    after: new Date(Math.min(now.getTime(), (firstSlot?.getTime() ?? Infinity) - 1)).toISOString(),
    lastSlot: lastSlot?.toISOString() ?? null,
    lastFiredSlot: lastFired?.slot.toISOString() ?? null,
    lastRunId: lastFired?.runId ?? null,
    entries,
  };
  return append(tx, streamOfSchedule(scheduleId, schedule, actor), [{ type: 'SlotsReopened', data }]);
}

async function cancel(tx: Transaction, runId: string, actor: string): Promise<void> {
  const stored = await tx.runs.lock(runId);
  if (stored !== undefined) await decideAndAppend(tx, streamOfRun(stored, actor), (run) => decideCancel(run, { reason: WHY }));
}

/** A schedule whose slots up to a moment are all recorded, and the runs that were made of them. */
export interface Settled {
  readonly schedule: Schedule;
  readonly runIds: readonly string[];
  /** Whether slots were reopened that a clock that was ahead had recorded. */
  readonly reopened: boolean;
}

/**
 * Records every slot of a locked schedule up to `now`: fired, with its run in the same transaction, or skipped with its reason. What races with
 * another process waits for the lock and finds nothing due; should it not, the ledger's key refuses the second entry.
 */
export async function settleSlots(deps: Deciding, tx: Transaction, found: Schedule, now: Date): Promise<Settled> {
  const schedule = await reopenSlots(tx, found, { now, actor: ACTOR });
  const reopened = schedule !== found;
  if (!schedule.settings.active) return { schedule, runIds: [], reopened };
  const decisions = decideSlots({
    settings: schedule.settings,
    effectiveSince: new Date(schedule.effectiveSince),
    lastRecordedSlot: schedule.lastSlot === null ? null : new Date(schedule.lastSlot),
    now,
    openRuns: await tx.runs.openRuns(schedule.scheduleId),
  });
  const outcomes: SlotOutcome[] = [];
  for (const decision of decisions) outcomes.push(await carryOut(deps, tx, { schedule, decision, now }));
  const [first, ...rest] = outcomes.map(({ event }) => event);
  if (first === undefined) return { schedule, runIds: [], reopened };
  await tx.slots.record(
    outcomes.map(({ entry }) => entry),
    now,
  );
  const after = await append(tx, streamOfSchedule(schedule.scheduleId, schedule, ACTOR), [first, ...rest]);
  return { schedule: after, runIds: outcomes.flatMap(({ entry }) => entry.runId ?? []), reopened };
}

/** The actor of fired slots in the log. */
const ACTOR = OWN_ACTORS.scheduler;

interface SlotOutcome {
  readonly event: SlotEvent;
  readonly entry: SlotEntry;
}

interface Due {
  readonly schedule: Schedule;
  readonly decision: SlotDecision;
  readonly now: Date;
}

async function carryOut(deps: Deciding, tx: Transaction, { schedule, decision, now }: Due): Promise<SlotOutcome> {
  const { scheduleId } = schedule;
  const { slot, misfire } = decision;
  const at = slot.toISOString();
  if (decision.decision === 'SKIP_RANGE') {
    const { through, count, reason } = decision;
    const event: SlotEvent = { type: 'SlotRangeSkipped', data: { slot: at, through: through.toISOString(), reason, count } };
    return { event, entry: { scheduleId, slot, misfire, through, count, reason } };
  }
  if (decision.decision === 'SKIP') return skipped(scheduleId, decision, decision.reason);
  const request = requestOf(deps, schedule, { slot, waits: decision.waits, now });
  if (request === undefined) return skipped(scheduleId, decision, 'NOT_RUNNABLE');
  const runId = await runIdFor(deps, tx, schedule, at);
  await beginRun(deps, tx, { runId, request, actor: ACTOR });
  return {
    event: { type: 'SlotFired', data: { slot: at, firedAt: now.toISOString(), runId } },
    entry: { scheduleId, slot, misfire, runId },
  };
}

/** Derived from schedule and slot. A slot that was reopened after it had fired has a run of that id already; its next one goes by the schedule's version too. */
async function runIdFor({ idOf }: Pick<Deps, 'idOf'>, tx: Transaction, { scheduleId, version }: Schedule, slot: string): Promise<string> {
  const usual = idOf(scheduleId, slot);
  return (await tx.runs.lock(usual)) === undefined ? usual : idOf(scheduleId, slot, String(version));
}

function skipped(
  scheduleId: string,
  { slot, misfire }: SlotDecision,
  reason: Extract<SlotEvent, { type: 'SlotSkipped' }>['data']['reason'],
): SlotOutcome {
  return { event: { type: 'SlotSkipped', data: { slot: slot.toISOString(), reason } }, entry: { scheduleId, slot, misfire, reason } };
}

/** The run that a slot asks for: its record date comes from the slot, not from the clock. Undefined when this installation cannot run it. */
function requestOf(
  deps: Pick<Deps, 'generators' | 'programs' | 'settings'>,
  { scheduleId, settings }: Schedule,
  due: { slot: Date; waits: boolean; now: Date },
): RunRequest | undefined {
  const { program, generator, timeZone } = settings;
  const recordDate = recordDateOf(due.slot, settings, programOf(program).recordDay);
  const readyBy = readyByOf(due.slot, settings, programOf(program))?.toISOString();
  const links = { scheduleId, slot: due.slot.toISOString(), ...(due.waits && { waits: true }), ...(readyBy && { readyBy }) };
  const order = { trigger: 'SCHEDULE' as const, program, recordDate, ...(generator !== null && { generator }), ...links };
  // Another run of its date does not stand in its way: a slot's run waits for it.
  // Nor that the process which settles it, a command for one, has not got its generator: the run waits for a worker that has.
  const decision = decideRequest(order, { ...requestFacts(deps, dateInZone(due.now, timeZone)), generators: GENERATORS });
  return isRejection(decision) ? undefined : decision;
}
