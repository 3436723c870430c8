import type { Deps } from '../../application/ports.js';
import { addDays, type LocalDate } from '../../domain/local-date.js';
import { DEFAULT_SCHEDULE } from '../../domain/schedule/schedule-settings.js';
import { firstInstantShowing } from '../../domain/slots/wall-clock.js';
import type { HistoryClock } from './history-clock.js';
import type { HistoryQueue } from './history-queue.js';
import { HistoryWorld } from './history-world.js';
import { dayOf, storyOf } from './story.js';
import type { Sky } from './weather.js';

/** The longest history: the nights that the story was written for. */
export const MOST_NIGHTS = 60;
/** Days of records that a night needs before its own: the advice looks back as far. */
export const DAYS_BEFORE = 14;

/** What a history is told with, and how much of it. */
export interface Telling {
  readonly deps: Deps;
  readonly queue: HistoryQueue;
  readonly clock: HistoryClock;
  readonly sky: Sky;
  readonly nights: number;
  /** The last day with records of the demo: the night over it is left to the service. */
  readonly until: LocalDate;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Has the service's own use cases do what the story says, each at its time. */
export async function tellHistory({ deps, queue, clock, sky, nights, until, onProgress }: Telling): Promise<void> {
  const world = new HistoryWorld(deps, queue);
  const stage = { world, sky, night: (ago: number) => addDays(until, -ago) };
  for (const scene of storyOf(nights)) {
    clock.moveTo(instantOf(dayOf(scene, until), scene.at));
    await scene.act(stage);
    onProgress?.(Math.min(nights, nights + 1 - scene.ago), nights);
  }
}

/** The zone of the demo's schedules. */
export const HISTORY_ZONE = DEFAULT_SCHEDULE.timeZone;

/** The moment at which the clocks of the schedule's zone show a time on a day. */
export function instantOf(day: LocalDate, time: string): Date {
  return new Date(firstInstantShowing(Date.parse(`${day}T${time}:00Z`), HISTORY_ZONE).at);
}
