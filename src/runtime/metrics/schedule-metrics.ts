import type pg from 'pg';
import type { Registry } from 'prom-client';
import { wantedJob } from '../../application/schedules/schedule-drift.js';
import { isNotReady } from '../../domain/alert/alerts-of-event.js';
import { SCHEDULE_STATUSES, type Schedule } from '../../domain/schedule/schedule.js';
import { SLOT_SKIP_REASONS } from '../../domain/schedule/schedule-events.js';
import type { FigureQueries, ReadyByCount } from '../../projections/queries/figure-queries.js';
import { PostgresScheduleStore } from '../../store/schedule-store.js';
import { showCounter, showGauge, type Series } from './shown.js';

/** Schedules that have series of their own: the oldest of those that are not deleted. `schedules` counts all. */
const MAX_SCHEDULES = 100;

/** Shares from which a night is good, as configured. */
export interface GoodNight {
  readonly failuresPercent: number;
  readonly readyPercent: number;
}

/** Each schedule by its id: names change, and what a name says of a time series is said by one series of its own. */
export async function showSchedules(
  registry: Registry,
  { pool, figures, good }: { readonly pool: pg.Pool; readonly figures: FigureQueries; readonly good: GoodNight },
): Promise<void> {
  const all = await new PostgresScheduleStore(pool).all();
  const shown = all
    .filter(({ status }) => status !== 'DELETED')
    .toSorted(byAge)
    .slice(0, MAX_SCHEDULES);
  const ids = shown.map(({ scheduleId }) => scheduleId);
  const [successes, readyBy] = await Promise.all([figures.successes(ids, good.failuresPercent), figures.readyBy(ids)]);
  const count = (status: string): number => all.filter((schedule) => schedule.status === status).length;
  const help = 'Schedules by status. Those beyond the oldest hundred have no series of their own.';
  showGauge(registry, { name: 'schedules', help, labels: ['status'] }, SCHEDULE_STATUSES.map((status): Series => [{ status }, count(status)])); // prettier-ignore
  showCadence(registry, shown, successes);
  showSlots(registry, shown);
  showReadyBy(registry, readyBy, good.readyPercent);
}

function byAge(one: Schedule, other: Schedule): number {
  return Date.parse(one.createdAt) - Date.parse(other.createdAt);
}

function showCadence(registry: Registry, shown: readonly Schedule[], successes: ReadonlyMap<string, Date>): void {
  showGauge(
    registry,
    { name: 'schedule_info', help: 'Always 1: name and program of a schedule, to be joined by its id.', labels: ['schedule', 'name', 'program', 'status'] },
    shown.map(({ scheduleId, settings: { name, program }, status }): Series => [{ schedule: scheduleId, name, program, status }, 1]),
  ); // prettier-ignore
  const at = (of: (schedule: Schedule) => Date | null | undefined): Series[] =>
    shown.flatMap((schedule) => {
      const time = of(schedule);
      return time == null
        ? []
        : [[{ schedule: schedule.scheduleId, program: schedule.settings.program }, time.getTime() / 1_000] as Series];
    });
  const labels = ['schedule', 'program'] as const;
  const gauge = (name: string, help: string, of: (schedule: Schedule) => Date | null | undefined): void => showGauge(registry, { name, help, labels }, at(of)); // prettier-ignore
  gauge('schedule_due_timestamp_seconds', 'The next slot of an active schedule that is not recorded yet. Past: no process records it.', (schedule) => wantedJob(schedule).nextRunAt); // prettier-ignore
  gauge('last_fired_slot_timestamp_seconds', 'The latest slot of a schedule that was fired.', ({ lastFiredSlot }) => lastFiredSlot === null ? null : new Date(lastFiredSlot)); // prettier-ignore
  gauge('last_success_timestamp_seconds', 'When the latest run of a schedule completed with no more failures than ALERT_FAILURES_PERCENT.', ({ scheduleId }) => successes.get(scheduleId)); // prettier-ignore
}

function showSlots(registry: Registry, shown: readonly Schedule[]): void {
  showCounter(
    registry,
    { name: 'slots_fired_total', help: 'Slots of a schedule that were fired.', labels: ['schedule'] },
    shown.map(({ scheduleId, firedSlots }): Series => [{ schedule: scheduleId }, firedSlots]),
  );
  showCounter(
    registry,
    {
      name: 'slots_skipped_total',
      help: 'Slots of a schedule that were skipped; ranges too long to count are left out.',
      labels: ['schedule', 'reason'],
    },
    shown.flatMap(({ scheduleId, skippedSlots }) =>
      SLOT_SKIP_REASONS.map((reason): Series => [{ schedule: scheduleId, reason }, skippedSlots[reason] ?? 0]),
    ),
  );
}

function showReadyBy(registry: Registry, found: readonly ReadyByCount[], readyPercent: number): void {
  const series = (of: (found: ReadyByCount) => number): Series[] => found.map((each): Series => [{ schedule: each.scheduleId }, of(each)]);
  const labels = ['schedule'] as const;
  showGauge(
    registry,
    { name: 'ready_by_timestamp_seconds', help: 'The latest ready-by time of a schedule that was looked at.', labels },
    series(({ readyBy }) => readyBy.getTime() / 1_000),
  );
  showGauge(
    registry,
    { name: 'ready_by_met', help: '1 where ALERT_READY_PERCENT of the eligible users had advice by then, else 0.', labels },
    series((each) => (isNotReady(each, readyPercent, each.planned) ? 0 : 1)),
  );
  const users = found.flatMap(({ scheduleId: schedule, ready, eligible }): Series[] => [
    [{ schedule, advice: 'with' }, ready],
    [{ schedule, advice: 'without' }, Math.max(0, eligible - ready)],
  ]);
  const help = 'Eligible users with and without advice at that time; none where no roster was fixed yet.';
  showGauge(registry, { name: 'ready_by_users', help, labels: ['schedule', 'advice'] }, users);
}
