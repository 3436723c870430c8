import { decideCancel } from '../../domain/run/decide-control.js';
import { isSettledAhead, type Schedule } from '../../domain/schedule/schedule.js';
import { append, decideAndAppend } from '../decide-and-append.js';
import type { Transaction } from '../ports.js';
import { streamOfRun, streamOfSchedule } from '../written-streams.js';

/** Why a run was cancelled that a slot of the future had asked for. */
const WHY = 'Its slot is still to come: the clock was ahead, and was set back.';

/**
 * Gives a locked schedule back the slots that were recorded by a clock that was ahead: each comes due again at its own time, and no night is lost. Runs
 * that were made of them end where they have not ended yet; what they wrote stays, and their users are skipped the next time.
 */
export async function reopenSlots(tx: Transaction, schedule: Schedule, { now, actor }: { now: Date; actor: string }): Promise<Schedule> {
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
