import { LASTING } from '../../domain/run/stream-names.js';
import type { ScheduleEvent } from '../../domain/schedule/schedule-events.js';
import { evolveSchedule, type Schedule } from '../../domain/schedule/schedule.js';
import type { Queryable } from '../../eventlog/postgres-log.js';
import { readEvent, type FoldedRow } from './folded-row.js';

const PAGE = 1_000;
const PREFIX = 'schedule-';

// In the order of the key (run_month, stream, version).
const NEXT_EVENTS = `select position::text, stream, version, type, data, actor, recorded_at, substr(stream, ${PREFIX.length + 1}) as id from batch.event
  where run_month = $1::date and (stream, version) > ($2, $3::int) and starts_with(stream, '${PREFIX}') order by stream, version limit ${PAGE}`;

/**
 * Folds every schedule there ever was. Their slots are read in pages; the schedules themselves are few (an operator makes each by hand) and
 * are held at once. @throws InvalidEvent for an event that cannot be read or is missing
 */
export async function foldSchedules(db: Queryable): Promise<Schedule[]> {
  const schedules = new Map<string, Schedule>();
  for (let stream = '', version = 0; ;) {
    const { rows } = await db.query<FoldedRow>(NEXT_EVENTS, [LASTING, stream, version]);
    for (const row of rows) {
      const before = schedules.get(row.id);
      const { event, context } = readEvent(row, before?.version ?? 0);
      schedules.set(row.id, evolveSchedule(before, event as ScheduleEvent, { scheduleId: row.id, ...context }));
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return [...schedules.values()];
    ({ stream, version } = last);
  }
}
