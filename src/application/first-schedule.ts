import { LASTING, scheduleStream } from '../domain/run/stream-names.js';
import { evolveSchedule } from '../domain/schedule/schedule.js';
import { DEFAULT_SCHEDULE } from '../domain/schedule/schedule-settings.js';
import type { Deps } from './ports.js';

/** Makes IBSafe's default schedule where there is none at all: nothing runs without one. Several processes may call this at once. @returns whether it was made */
export async function ensureFirstSchedule(deps: Deps, actor: string): Promise<boolean> {
  return deps.transaction(async (tx) => {
    await tx.schedules.lockAll();
    if ((await tx.schedules.all()).length > 0) return false;
    const scheduleId = deps.newId();
    const event = { type: 'ScheduleCreated' as const, data: { settings: DEFAULT_SCHEDULE, effectiveAt: deps.clock().toISOString() } };
    const target = { stream: scheduleStream(scheduleId), expectedVersion: 0, month: LASTING, actor, correlationId: scheduleId };
    const { recordedAt } = await tx.log.append(target, [event]);
    await tx.schedules.save(evolveSchedule(undefined, event, { scheduleId, actor, recordedAt }));
    return true;
  });
}
