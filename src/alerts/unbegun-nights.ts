import { owedNight, type OwedNight } from '../domain/schedule/owed-night.js';
import { isNotReady } from '../domain/alert/alerts-of-event.js';
import type { Queryable } from '../eventlog/postgres-log.js';
import { CoverageQueries } from '../projections/queries/coverage-queries.js';
import { PostgresScheduleStore } from '../store/schedule-store.js';

// A run of the schedule is looked at by its own ready-by time; and what was told of a night once is not told of it again.
const TOLD = `select 1 where exists (select from batch.run_view where schedule_id = $1 and record_date = $2::date and ready_by is not null and not dry_run)
  or exists (select from batch.alert where kind = 'NOT_READY' and subject = $1::text and record_date = $2::date)`;

/** Nights whose ready-by time has come today, whose slot made no run, and whose advice is not there from another run: no event of the log tells of them. */
export async function unbegunNights(db: Queryable, readyPercent: number): Promise<readonly OwedNight[]> {
  const coverage = new CoverageQueries(db);
  const schedules = await new PostgresScheduleStore(db).all();
  const now = await coverage.now();
  const unbegun: OwedNight[] = [];
  for (const night of schedules.flatMap((schedule) => owedNight(schedule, now) ?? [])) {
    const told = await db.query(TOLD, [night.scheduleId, night.recordDate]);
    if (told.rows.length > 0) continue;
    const found = await coverage.ofNights([night]);
    if (!found.some((each) => !isNotReady(each, readyPercent, true))) unbegun.push(night);
  }
  return unbegun;
}
