import type pg from 'pg';
import { isNotReady } from '../domain/alert/alerts-of-event.js';
import { owedNight } from '../domain/schedule/owed-night.js';
import { CoverageQueries } from '../projections/queries/coverage-queries.js';
import type { OwedAnswer } from '../server/http/options.js';
import { PostgresScheduleStore } from '../store/schedule-store.js';

/**
 * Whether the advice that was to be there by a time of today is there now: of each active schedule with such a time. Advice that came late counts: what
 * was late is told by alerts. @throws when the database does not answer
 */
export async function owedNightsOf(pool: pg.Pool, readyPercent: number): Promise<OwedAnswer> {
  const coverage = new CoverageQueries(pool);
  const [schedules, now] = await Promise.all([new PostgresScheduleStore(pool).all(), coverage.now()]);
  const owed = schedules.flatMap((schedule) => owedNight(schedule, now) ?? []);
  const found = owed.length === 0 ? [] : await coverage.ofNights(owed);
  const shown = owed.map(({ name, program, recordDate, readyBy }) => {
    const ofIt = found.filter((each) => each.program === program && each.recordDate === recordDate);
    return { schedule: name, readyBy: readyBy.toISOString(), ready: ofIt.some((each) => !isNotReady(each, readyPercent, true)) };
  });
  return {
    ready: shown.every(({ ready }) => ready),
    failing: shown.filter(({ ready }) => !ready).map(({ schedule }) => schedule),
    schedules: shown,
  };
}
