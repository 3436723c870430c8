import DataLoader from 'dataloader';
import type { RecordedEvent } from '../application/ports.js';
import type { Schedule } from '../domain/schedule/schedule.js';
import type { Page, PageRequest } from '../projections/queries/keyset.js';
import type { Pages, ScheduleHistoryQueries, ScheduleRunRow, SlotRow } from '../projections/queries/schedule-history-queries.js';
import type { ScheduleQueries } from '../projections/queries/schedule-queries.js';
import { byKey } from './by-key.js';

/** A page of what happened to a schedule. */
export interface SchedulePage {
  readonly scheduleId: string;
  readonly page: PageRequest;
}

/** Pages of many schedules: those that ask for the same page share a statement. */
export type PageLoader<Row> = DataLoader<SchedulePage, Page<Row>, string>;

/** Batches of one request around schedules. */
export interface ScheduleLoaders {
  readonly schedule: DataLoader<string, Schedule | undefined>;
  readonly slots: PageLoader<SlotRow>;
  readonly scheduleRuns: PageLoader<ScheduleRunRow>;
  readonly scheduleEvents: PageLoader<RecordedEvent>;
}

/** Loaders over one request's reads. */
export function makeScheduleLoaders(schedules: ScheduleQueries, history: ScheduleHistoryQueries): ScheduleLoaders {
  return {
    schedule: byKey(
      (ids) => schedules.byIds(ids),
      (schedule) => schedule.scheduleId,
    ),
    slots: pages((ids, page) => history.slots(ids, page)),
    scheduleRuns: pages((ids, page) => history.runs(ids, page)),
    scheduleEvents: pages((ids, page) => history.events(ids, page)),
  };
}

function pages<Row>(load: (scheduleIds: readonly string[], page: PageRequest) => Promise<Pages<Row>>): PageLoader<Row> {
  const batch = async (keys: readonly SchedulePage[]): Promise<Page<Row>[]> => {
    const found = new Map<string, Page<Row>>();
    for (const [place, same] of Map.groupBy(keys, ({ page }) => JSON.stringify(page))) {
      const [{ page }] = same as [SchedulePage];
      const loaded = await load(same.map(({ scheduleId }) => scheduleId), page); // prettier-ignore
      for (const [scheduleId, rows] of loaded) found.set(`${scheduleId} ${place}`, rows);
    }
    return keys.map((key) => found.get(placeOf(key)) ?? { rows: [], hasNext: false });
  };
  return new DataLoader(batch, { cacheKeyFn: placeOf });
}

function placeOf({ scheduleId, page }: SchedulePage): string {
  return `${scheduleId} ${JSON.stringify(page)}`;
}
