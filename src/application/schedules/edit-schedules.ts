import { isRejection } from '../../domain/rejection.js';
import type { Edit } from '../../domain/schedule/edit-guard.js';
import { changeSchedule, createSchedule } from '../../domain/schedule/edit-schedule.js';
import type { ScheduleInput } from '../../domain/schedule/parse-schedule-input.js';
import { deleteSchedule, pauseSchedule, resumeSchedule } from '../../domain/schedule/pause-schedule.js';
import { rejected, type ScheduleDecision, type ScheduleRejection } from '../../domain/schedule/schedule-rejection.js';
import type { Schedule } from '../../domain/schedule/schedule.js';
import { because } from '../../domain/refusals.js';
import { append } from '../decide-and-append.js';
import { refuseKey, takeKey, type KeyedCaller } from '../idempotency.js';
import type { Transaction, Deciding, Ordering } from '../ports.js';
import { streamOfSchedule } from '../written-streams.js';
import { announceRuns } from '../run/enqueue-plans.js';
import { SCHEDULES_CHANGED } from './fire-due-slots.js';
import { settleSlots } from './settle-slots.js';

/** The schedule as it stands after a command, or the refusal. */
export type ScheduleAnswer = Schedule | ScheduleRejection;

/** The schedule of an operator's edit, the operator, and the `settingsVersion` that the operator saw. */
export interface ScheduleEdit {
  readonly scheduleId: string;
  readonly actor: string;
  readonly expectedVersion?: number | undefined;
}

/** What a schedule is made from. `scheduleId` and `number`, its integer id, are for imports, which must not double; otherwise leave them out. */
export interface ScheduleCreation extends KeyedCaller {
  readonly input: ScheduleInput;
  readonly scheduleId?: string;
  readonly number?: number;
}

/** Creates a schedule, or answers with the one that an earlier request with the caller's key made. */
export async function createScheduleFrom(
  deps: Deciding & Ordering,
  { input, actor, number, idempotencyKey, ...order }: ScheduleCreation,
): Promise<ScheduleAnswer> {
  const caller: KeyedCaller = { actor, ...(idempotencyKey !== undefined && { idempotencyKey }) };
  if (refuseKey(caller) !== undefined) return rejected('IDEMPOTENCY_KEY_INVALID', because('IDEMPOTENCY_KEY_INVALID'));
  const scheduleId = order.scheduleId ?? deps.newId();
  const decide = (edit: Edit): ScheduleDecision => createSchedule({ schedule: edit.schedule, input, at: edit.at });
  const made = idempotencyKey === undefined ? {} : { made: { caller, order: { schedule: input } } };
  return carryOut(deps, { scheduleId, actor, ...made, ...(number !== undefined && { number }) }, decide);
}

/** What an earlier request with the key made, or why the key cannot be used; undefined for a key that is new, which is taken now. */
async function earlierSchedule(tx: Transaction, { scheduleId, made }: Carried): Promise<ScheduleAnswer | undefined> {
  const earlier = made === undefined ? undefined : await takeKey(tx, made.caller, { id: scheduleId, order: made.order });
  if (earlier === undefined) return undefined;
  if (isRejection(earlier)) return rejected('IDEMPOTENCY_KEY_REUSED', because('IDEMPOTENCY_KEY_REUSED', { made: earlier.runId ?? '' }));
  const schedule = await tx.schedules.lock(earlier.earlierId);
  return schedule ?? rejected('IDEMPOTENCY_KEY_REUSED', because('IDEMPOTENCY_KEY_REUSED', { made: earlier.earlierId }));
}

/** Changes what `input` names. Slots that were due before the edit are recorded with the settings from before it. */
export function changeScheduleBy(deps: Deciding & Ordering, edit: ScheduleEdit, input: ScheduleInput): Promise<ScheduleAnswer> {
  return carryOut(deps, edit, (known) => changeSchedule({ ...known, input }));
}

/** Pauses a schedule, with the operator's reason. */
export function pauseScheduleBecause(deps: Deciding & Ordering, edit: ScheduleEdit, reason: unknown): Promise<ScheduleAnswer> {
  return carryOut(deps, edit, (known) => pauseSchedule({ ...known, reason }));
}

/** Resumes a schedule: no run is made for the slots of the pause. */
export function resumeScheduleNow(deps: Deciding & Ordering, edit: ScheduleEdit): Promise<ScheduleAnswer> {
  return carryOut(deps, edit, resumeSchedule);
}

/** Deletes a schedule for good; its log stays. */
export function deleteScheduleNow(deps: Deciding & Ordering, edit: ScheduleEdit): Promise<ScheduleAnswer> {
  return carryOut(deps, edit, deleteSchedule);
}

/** An edit; `number` where it makes a schedule that brings one along, `made` where it makes one under a caller's key. */
type Carried = ScheduleEdit & { readonly number?: number; readonly made?: { readonly caller: KeyedCaller; readonly order: object } };

async function carryOut(deps: Deciding & Ordering, edit: Carried, decide: (known: Edit) => ScheduleDecision): Promise<ScheduleAnswer> {
  const { answer, runIds } = await deps.transaction((tx) => decideIn(deps, tx, { edit, decide }));
  await announceRuns(deps, runIds);
  if (!isRejection(answer)) deps.progress.notify(SCHEDULES_CHANGED);
  return answer;
}

interface Command {
  readonly edit: Carried;
  readonly decide: (known: Edit) => ScheduleDecision;
}

async function decideIn(
  deps: Deciding,
  tx: Transaction,
  { edit, decide }: Command,
): Promise<{ answer: ScheduleAnswer; runIds: readonly string[] }> {
  const { scheduleId, actor, expectedVersion, number } = edit;
  const found = await tx.schedules.lock(scheduleId);
  const at = await tx.now();
  // Due slots first: they belong to what the schedule was until now, and an edit near the due minute must lose none.
  const { schedule, runIds } =
    found === undefined || found.status === 'DELETED' ? { schedule: found, runIds: [] } : await settleSlots(deps, tx, found, at);
  const decision = decide({ schedule, expectedVersion, at });
  if (isRejection(decision)) return { answer: decision, runIds };
  const earlier = await earlierSchedule(tx, edit);
  if (earlier !== undefined) return { answer: earlier, runIds };
  if (number !== undefined) await tx.schedules.keepNumber(scheduleId, number);
  const [first, ...rest] = decision;
  if (first !== undefined) return { answer: await append(tx, streamOfSchedule(scheduleId, schedule, actor), [first, ...rest]), runIds };
  if (schedule === undefined) throw new Error(`a command on schedule ${scheduleId} was accepted and left no schedule`);
  return { answer: schedule, runIds };
}
