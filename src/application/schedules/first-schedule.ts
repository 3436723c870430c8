import type { Deps, Deciding, Ordering } from '../ports.js';
import { isRejection } from '../../domain/rejection.js';
import { DEFAULT_SCHEDULE } from '../../domain/schedule/schedule-settings.js';
import type { Schedule } from '../../domain/schedule/schedule.js';
import { createScheduleFrom, deleteScheduleNow } from './edit-schedules.js';

/**
 * Makes IBSafe's default schedule on a database that never had one: nothing runs without. One that an operator deleted stays deleted. Several
 * processes may call this at once. @returns whether it was made
 */
export async function ensureFirstSchedule(deps: Deciding & Ordering & Pick<Deps, 'exclusively'>, actor: string): Promise<boolean> {
  if (await deps.transaction((tx) => tx.schedules.everWas())) return false;
  return (await initSchedules(deps, { force: false, actor })).created !== null;
}

/** What an initialisation did. */
interface InitReport {
  /** The default schedule, when it was made now. */
  readonly created: Schedule | null;
  readonly deleted: readonly Schedule[];
}

/** Makes IBSafe's default schedule where there is none. `force` deletes every schedule first. Processes take turns. */
export function initSchedules(
  deps: Deciding & Ordering & Pick<Deps, 'exclusively'>,
  { force, actor }: { force: boolean; actor: string },
): Promise<InitReport> {
  return deps.exclusively('init schedules', async () => {
    const there = await deps.transaction((tx) => tx.schedules.all());
    if (there.length > 0 && !force) return { created: null, deleted: [] };
    const deleted: Schedule[] = [];
    for (const { scheduleId } of there) {
      const answer = await deleteScheduleNow(deps, { scheduleId, actor });
      if (!isRejection(answer)) deleted.push(answer);
    }
    const made = await createScheduleFrom(deps, { input: DEFAULT_SCHEDULE, actor });
    if (isRejection(made)) throw new Error(`the default schedule was refused: ${made.message}`);
    return { created: made, deleted };
  });
}
