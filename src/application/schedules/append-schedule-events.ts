import { LASTING, scheduleStream } from '../../domain/run/stream-names.js';
import type { ScheduleEvent } from '../../domain/schedule/schedule-events.js';
import { evolveSchedule, type Schedule } from '../../domain/schedule/schedule.js';
import type { Transaction } from '../ports.js';

/** Whose stream is appended to, by whom, after what. */
export interface ScheduleAppend {
  readonly scheduleId: string;
  /** Undefined for a new schedule. */
  readonly schedule: Schedule | undefined;
  readonly actor: string;
}

/** Appends to a schedule's stream after the version that was loaded, and keeps its view in step, in one transaction. @throws VersionConflict */
export async function appendScheduleEvents(
  tx: Transaction,
  to: ScheduleAppend,
  events: readonly ScheduleEvent[],
): Promise<Schedule | undefined> {
  const { scheduleId, schedule, actor } = to;
  if (events.length === 0) return schedule;
  const stream = scheduleStream(scheduleId);
  const target = { stream, expectedVersion: schedule?.version ?? 0, month: LASTING, actor, correlationId: scheduleId };
  const { recordedAt } = await tx.log.append(target, events);
  let next = schedule;
  for (const event of events) next = evolveSchedule(next, event, { scheduleId, actor, recordedAt });
  if (next !== undefined) await tx.schedules.save(next);
  return next;
}
