import { latestSlotsBetween, nextSlots, slotsBetween } from '../slots/slots.js';
import type { SlotSkipReason } from './schedule-events.js';
import type { ScheduleSettings } from './schedule-settings.js';

/** A slot fired within this time was on time: it covers a restart and a slow wake-up. Later it is a misfire. */
const ON_TIME_MS = 5 * 60_000;
/** Most slots that are decided one by one in a pass; older ones are skipped as ranges. Three days of every five minutes fit. */
export const MAX_DECISIONS = 1_000;
/**
 * Most runs of a schedule that have not ended. A schedule of every minute that was off for a night would otherwise ask for a thousand at once, and one whose
 * runs take longer than its slots lie apart for ever more. Three days of every hour fit.
 */
export const MAX_OPEN_RUNS = 100;
/** Most slots of a range that are counted. */
const MAX_COUNTED = 10_000;
const HOUR_MS = 3_600_000;

/** What is known at a wake-up. */
export interface DueQuestion {
  readonly settings: ScheduleSettings;
  /** `Schedule.effectiveSince`: no slot up to here is decided. */
  readonly effectiveSince: Date;
  readonly lastRecordedSlot: Date | null;
  readonly now: Date;
  /** How many runs of this schedule are not final yet. */
  readonly openRuns: number;
}

/** What becomes of a slot. */
export type SlotDecision =
  /** Fire it; its run `waits` until the schedule's earlier runs are final. */
  | { readonly decision: 'FIRE'; readonly slot: Date; readonly misfire: boolean; readonly waits: boolean }
  | { readonly decision: 'SKIP'; readonly slot: Date; readonly misfire: boolean; readonly reason: SlotSkipReason }
  /** Skip every slot from `slot` to `through`, both of them slots; `count` is null beyond 10,000. */
  | {
      readonly decision: 'SKIP_RANGE';
      readonly slot: Date;
      readonly through: Date;
      readonly count: number | null;
      readonly misfire: true;
      readonly reason: SlotSkipReason;
    };

/**
 * Decides each slot after `max(effectiveSince, lastRecordedSlot)` up to and including `now`, once, in rising order; nothing when inactive.
 * Misfires follow the catch-up policy: SKIP → CATCH_UP_SKIPPED; otherwise beyond the window → OUTSIDE_WINDOW; LATEST → SUPERSEDED_BY_LATER
 * unless no later slot is due; ALL fires each. What is left to fire then meets the overlap policy. Between slots of one pass: misfires never
 * block one another (ALL asks for each of them, and they wait in line whatever the policy), but the run of an on-time slot is active for the next on-time
 * one. Of more runs than a schedule may have open the latest are asked for; the others are TOO_MANY.
 */
export function decideSlots(question: DueQuestion): readonly SlotDecision[] {
  const { settings, now } = question;
  if (!settings.active) return [];
  const start = new Date(Math.max(question.effectiveSince.getTime(), question.lastRecordedSlot?.getTime() ?? -Infinity));
  if (start >= now) return [];
  const latest = latestSlotsBetween(settings, start, now, MAX_DECISIONS + 1);
  const one = latest.slice(-MAX_DECISIONS);
  const [lastOfOlder] = latest.slice(0, -MAX_DECISIONS);
  const older = lastOfOlder === undefined ? [] : rangesBetween(start, lastOfOlder, question);
  return [...older, ...withinRoom(afterOverlap(one, question), MAX_OPEN_RUNS - question.openRuns)];
}

function afterOverlap(slots: readonly Date[], { settings, now, openRuns }: DueQuestion): readonly SlotDecision[] {
  const last = slots.at(-1);
  let isRunning = openRuns > 0;
  let hasFired = isRunning;
  return slots.map((slot): SlotDecision => {
    const misfire = now.getTime() - slot.getTime() > ON_TIME_MS;
    const reason = misfire ? catchUpReason(slot, slot === last, { settings, now }) : undefined;
    if (reason !== undefined) return { decision: 'SKIP', slot, misfire, reason };
    if (settings.overlap === 'SKIP' && isRunning) return { decision: 'SKIP', slot, misfire, reason: 'OVERLAP' };
    const waits = hasFired && (misfire || settings.overlap !== 'ALLOW');
    isRunning ||= !misfire;
    hasFired = true;
    return { decision: 'FIRE', slot, misfire, waits };
  });
}

/** Leaves the latest `room` runs. What is given up waits for no run, so that the first of those that are left may start. */
function withinRoom(decisions: readonly SlotDecision[], room: number): readonly SlotDecision[] {
  const fired = decisions.filter(({ decision }) => decision === 'FIRE');
  const given = new Set(fired.slice(0, Math.max(0, fired.length - Math.max(0, room))));
  if (given.size === 0) return decisions;
  return decisions.map((each) =>
    given.has(each) ? { decision: 'SKIP', slot: each.slot, misfire: each.misfire, reason: 'TOO_MANY' } : each,
  );
}

type Moment = Pick<DueQuestion, 'settings' | 'now'>;

/** Why a misfire is not made up for; undefined when it is. */
function catchUpReason(slot: Date, isLast: boolean, { settings, now }: Moment): SlotSkipReason | undefined {
  const { policy } = settings.catchUp;
  if (policy === 'SKIP') return 'CATCH_UP_SKIPPED';
  if (slot < windowStart({ settings, now })) return 'OUTSIDE_WINDOW';
  return policy === 'LATEST' && !isLast ? 'SUPERSEDED_BY_LATER' : undefined;
}

function windowStart({ settings, now }: Moment): Date {
  return new Date(now.getTime() - settings.catchUp.windowHours * HOUR_MS);
}

/** Ranges for `after < slot <= through`: one, or two where the window begins between them, since their reasons differ. */
function rangesBetween(after: Date, through: Date, moment: Moment): readonly SlotDecision[] {
  // The window's first instant is inside: a slot on it is to be caught up.
  const border = new Date(Math.min(Math.max(windowStart(moment).getTime() - 1, after.getTime()), through.getTime()));
  const spans =
    moment.settings.catchUp.policy === 'SKIP' ? [[after, through] as const] : [[after, border] as const, [border, through] as const];
  return spans.flatMap(([from, until]) => rangeOf(from, until, moment));
}

function rangeOf(after: Date, through: Date, moment: Moment): readonly SlotDecision[] {
  const [slot] = nextSlots(moment.settings, after, 1);
  const [last] = latestSlotsBetween(moment.settings, after, through, 1);
  if (slot === undefined || last === undefined) return [];
  const counted = slotsBetween(moment.settings, after, through, MAX_COUNTED + 1).length;
  const count = counted > MAX_COUNTED ? null : counted;
  const reason = catchUpReason(last, false, moment) ?? 'TOO_MANY';
  return [{ decision: 'SKIP_RANGE', slot, through: last, count, misfire: true, reason }];
}
