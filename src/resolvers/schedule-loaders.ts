import type DataLoader from 'dataloader';
import type { RecordedEvent } from '../application/ports.js';
import type { Schedule } from '../domain/schedule/schedule.js';
import type { PageRequest } from '../database/keyset.js';
import type { EventsRequest, ScheduleHistoryQueries, ScheduleRunRow, SlotRow } from '../projections/queries/schedule-history-queries.js';
import type { ScheduleQueries } from '../projections/queries/schedule-queries.js';
import type { Batching, PageLoader } from './batching.js';

/** Pages of what happened to schedules, by the schedule's id. */
type SchedulePages<Row> = PageLoader<string, PageRequest, Row>;

/** Batches of one request around schedules. */
export interface ScheduleLoaders {
  readonly schedule: DataLoader<string, Schedule | undefined>;
  readonly scheduleNumber: DataLoader<string, { readonly number: number } | undefined>;
  readonly slots: SchedulePages<SlotRow>;
  readonly scheduleRuns: SchedulePages<ScheduleRunRow>;
  readonly scheduleRunCount: DataLoader<string, { readonly runs: number } | undefined>;
  readonly scheduleEvents: PageLoader<string, EventsRequest, RecordedEvent>;
}

/** Loaders over one request's reads. */
export function makeScheduleLoaders(batching: Batching, schedules: ScheduleQueries, history: ScheduleHistoryQueries): ScheduleLoaders {
  return {
    schedule: batching.byKey(
      (ids) => schedules.byIds(ids),
      (schedule) => schedule.scheduleId,
    ),
    scheduleNumber: batching.byKey(
      (ids) => schedules.numbers(ids),
      ({ scheduleId }) => scheduleId,
    ),
    slots: batching.pages(itself, (ids, page) => history.slots(ids, page)),
    scheduleRuns: batching.pages(itself, (ids, page) => history.runs(ids, page)),
    scheduleRunCount: batching.byKey(
      (ids) => history.runCounts(ids),
      ({ scheduleId }) => scheduleId,
    ),
    scheduleEvents: batching.pages(itself, (ids, page) => history.events(ids, page)),
  };
}

function itself(id: string): string {
  return id;
}
