import type { Cadence } from '../../domain/schedule/cadence.js';
import { expecting } from '../../domain/schedule/expectations.js';
import { type FieldProblem, parseScheduleInput, problemOf, type ScheduleInput } from '../../domain/schedule/parse-schedule-input.js';
import { invalidSchedule, type ScheduleRejection } from '../../domain/schedule/schedule-rejection.js';
import { type ScheduleSettings, SETTINGS_DEFAULTS } from '../../domain/schedule/schedule-settings.js';
import { localTime } from '../../domain/slots/local-time.js';
import { type SlotNote, slotNotes } from '../../domain/slots/slot-notes.js';
import { nextSlots } from '../../domain/slots/slots.js';

/** How many slots may be asked for at once. */
export const PREVIEW_COUNT = { least: 1, most: 100 } as const;

/** A slot that is to come. */
export interface UpcomingSlot {
  readonly at: Date;
  /** The same instant on the clocks of the schedule's zone, `2026-03-29T02:00:00+01:00`. */
  readonly local: string;
  readonly notes: readonly SlotNote[];
}

/** What an operator wants to see before anything is saved. */
export interface PreviewQuestion {
  readonly input: ScheduleInput;
  /** The settings that the input changes; absent for a new schedule. */
  readonly before?: ScheduleSettings;
  readonly count: number;
  readonly now: Date;
}

/** The settings that would be saved and when they would come due, or everything that is wrong. */
export type SchedulePreview =
  { readonly status: 'preview'; readonly settings: ScheduleSettings; readonly slots: readonly UpcomingSlot[] } | ScheduleRejection;

/** Shows when an input would come due, without saving it. A preview needs no name. Refused: INVALID_SCHEDULE, also for a `count` beyond its range. */
export function previewSchedule({ input, before, count, now }: PreviewQuestion): SchedulePreview {
  const parsed = parseScheduleInput(input, before ?? { ...SETTINGS_DEFAULTS, name: 'preview' });
  const problems = [...(parsed.ok ? [] : parsed.problems), ...countProblems(count)];
  if (!parsed.ok || problems.length > 0) return invalidSchedule(problems);
  return { status: 'preview', settings: parsed.value, slots: upcomingSlots(parsed.value, now, count) };
}

/** The next slots of a cadence after an instant, told for people. */
export function upcomingSlots(cadence: Cadence, after: Date, count: number): readonly UpcomingSlot[] {
  return nextSlots(cadence, after, count).map((at) => ({ at, local: localTime(at, cadence.timeZone), notes: slotNotes(at, cadence) }));
}

/** What is wrong with a number of slots that was asked for; empty when nothing is. */
export function countProblems(count: number): readonly FieldProblem[] {
  const { least, most } = PREVIEW_COUNT;
  if (Number.isInteger(count) && count >= least && count <= most) return [];
  return [problemOf('count', String(count), expecting('WHOLE_NUMBER', { least, most }))];
}
