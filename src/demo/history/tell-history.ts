import type { Deps } from '../../application/ports.js';
import { addDays, type LocalDate } from '../../domain/local-date.js';
import { DEFAULT_SCHEDULE } from '../../domain/schedule/schedule-settings.js';
import { firstInstantShowing } from '../../domain/slots/wall-clock.js';
import type { HistoryQueue } from './history-queue.js';
import { HistoryWorld } from './history-world.js';
import { dayOf, storyOf, type Sky } from './story.js';
import { DemoRandom } from '../demo-random.js';

/** ms that a transaction of the history takes: least, and the spread above it. */
const TRANSACTION_MS = [6, 12] as const;

/** The clock of invented nights. It stands still until it is moved, never goes back, and moves by itself with the work that is done. */
export class HistoryClock {
  private readonly random: DemoRandom;

  constructor(
    private at: number,
    seed: number,
  ) {
    this.random = new DemoRandom(seed, CLOCK, 0);
  }

  get now(): Date {
    return new Date(Math.round(this.at));
  }

  /** Moves on to a moment; does nothing where that is past. */
  moveTo(at: Date): void {
    this.at = Math.max(this.at, at.getTime());
  }

  /** Lets time go by, in ms. */
  spend(ms: number): void {
    this.at += ms;
  }

  /** The time of the next transaction. */
  nextTransaction(): Date {
    this.spend(TRANSACTION_MS[0] + this.random.fraction() * TRANSACTION_MS[1]);
    return this.now;
  }
}

/** The key of the clock's random numbers: "clok" as a number. */
const CLOCK = 0x636c_6f6b;

/** The longest history: the nights that the story was written for. */
export const MAX_NIGHTS = 60;
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
