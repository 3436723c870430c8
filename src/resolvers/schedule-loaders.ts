import type DataLoader from 'dataloader';
import type { RecordedEvent } from '../application/ports.js';
import type { Schedule } from '../domain/schedule/schedule.js';
import type { PageRequest } from '../projections/queries/keyset.js';
import type { ScheduleHistoryQueries, ScheduleRunRow, SlotRow } from '../projections/queries/schedule-history-queries.js';
import type { ScheduleQueries } from '../projections/queries/schedule-queries.js';
import { byKey } from './by-key.js';
import { pageLoader, type PageLoader } from './page-loader.js';

/** Pages of what happened to schedules, by the schedule's id. */
type SchedulePages<Row> = PageLoader<string, PageRequest, Row>;

/** Batches of one request around schedules. */
export interface ScheduleLoaders {
  readonly schedule: DataLoader<string, Schedule | undefined>;
  readonly slots: SchedulePages<SlotRow>;
  readonly scheduleRuns: SchedulePages<ScheduleRunRow>;
  readonly scheduleEvents: SchedulePages<RecordedEvent>;
}

/** Loaders over one request's reads. */
export function makeScheduleLoaders(schedules: ScheduleQueries, history: ScheduleHistoryQueries): ScheduleLoaders {
  return {
    schedule: byKey(
      (ids) => schedules.byIds(ids),
      (schedule) => schedule.scheduleId,
    ),
    slots: pageLoader(itself, (ids, page) => history.slots(ids, page)),
    scheduleRuns: pageLoader(itself, (ids, page) => history.runs(ids, page)),
    scheduleEvents: pageLoader(itself, (ids, page) => history.events(ids, page)),
  };
}

function itself(id: string): string {
  return id;
}
