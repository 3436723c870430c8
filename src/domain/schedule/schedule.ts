import { assertNever } from '../assert-never.js';
import type { ScheduleEvent, SlotEvent, SlotsReopened, SlotSkipReason } from './schedule-events.js';
import type { ScheduleSettings } from './schedule-settings.js';

/** Where a schedule stands. DELETED is final. */
export const SCHEDULE_STATUSES = ['ACTIVE', 'PAUSED', 'DELETED'] as const;
export type ScheduleStatus = (typeof SCHEDULE_STATUSES)[number];

/** A schedule as its events tell it. Times are ISO texts. */
export interface Schedule {
  readonly scheduleId: string;
  /** Events so far on the schedule's own stream: the expected version of an append. */
  readonly version: number;
  /** Operators' events so far: the version that an edit names. Firing slots does not raise it, or no edit would ever meet the version it read. */
  readonly settingsVersion: number;
  readonly status: ScheduleStatus;
  /** `settings.active` is true exactly while the status is ACTIVE. */
  readonly settings: ScheduleSettings;
  readonly pausedReason: string | null;
  /** Only later slots are its own: when it was created, last changed or last resumed. */
  readonly effectiveSince: string;
  /** The latest slot that was recorded, fired or skipped. */
  readonly lastSlot: string | null;
  readonly lastFiredSlot: string | null;
  readonly lastRunId: string | null;
  readonly firedSlots: number;
  /** Slots by reason; ranges too long to count are left out and said so by `hasUncountedSkips`. */
  readonly skippedSlots: Readonly<Partial<Record<SlotSkipReason, number>>>;
  readonly hasUncountedSkips: boolean;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What the log adds to an event: whose stream, who and when. */
export interface ScheduleEventContext {
  readonly scheduleId: string;
  readonly actor: string;
  readonly recordedAt: string;
}

/** Folds one event into a schedule. Throws a TypeError for a stream that does not begin with `ScheduleCreated`, or has it twice: it is damaged. */
export function evolveSchedule(schedule: Schedule | undefined, event: ScheduleEvent, context: ScheduleEventContext): Schedule {
  if (schedule === undefined) {
    if (event.type === 'ScheduleCreated') return created(event.data.settings, event.data.effectiveAt, context);
    throw new TypeError(`the stream of schedule ${context.scheduleId} begins with ${event.type}, expected ScheduleCreated`);
  }
  if (event.type === 'ScheduleCreated') throw new TypeError(`the stream of schedule ${context.scheduleId} has ScheduleCreated twice`);
  const version = schedule.version + 1;
  if (isSlotEvent(event)) return { ...schedule, ...slotChange(schedule, event), version };
  if (event.type === 'SlotsReopened') return { ...schedule, ...reopened(schedule, event), version };
  const settingsVersion = schedule.settingsVersion + 1;
  return { ...schedule, ...operatorChange(schedule, event), version, settingsVersion, updatedAt: context.recordedAt };
}

function created(settings: ScheduleSettings, effectiveSince: string, { scheduleId, actor, recordedAt }: ScheduleEventContext): Schedule {
  const status = settings.active ? 'ACTIVE' : 'PAUSED';
  const slots = { lastSlot: null, lastFiredSlot: null, lastRunId: null, firedSlots: 0, skippedSlots: {}, hasUncountedSkips: false };
  const times = { createdBy: actor, createdAt: recordedAt, updatedAt: recordedAt };
  return { scheduleId, version: 1, settingsVersion: 1, status, settings, pausedReason: null, effectiveSince, ...slots, ...times };
}

type OperatorEvent = Exclude<ScheduleEvent, SlotEvent | SlotsReopened | { type: 'ScheduleCreated' }>;

function operatorChange({ settings, effectiveSince }: Schedule, event: OperatorEvent): Partial<Schedule> {
  switch (event.type) {
    case 'ScheduleChanged':
      return { settings: { ...settings, ...event.data.changes }, effectiveSince: later(effectiveSince, event.data.effectiveAt) };
    case 'ScheduleActivated':
      return {
        status: 'ACTIVE',
        settings: { ...settings, active: true },
        pausedReason: null,
        effectiveSince: later(effectiveSince, event.data.effectiveAt),
      };
    case 'SchedulePaused':
      return { status: 'PAUSED', settings: { ...settings, active: false }, pausedReason: event.data.reason };
    case 'ScheduleDeleted':
      return { status: 'DELETED', settings: { ...settings, active: false } };
    default:
      return assertNever(event);
  }
}

/** `firedSlots` and `skippedSlots` go on counting what was recorded: it did happen. */
function reopened({ effectiveSince }: Schedule, { data }: SlotsReopened): Partial<Schedule> {
  const { after, lastSlot, lastFiredSlot, lastRunId } = data;
  return { effectiveSince: Date.parse(effectiveSince) > Date.parse(after) ? after : effectiveSince, lastSlot, lastFiredSlot, lastRunId };
}

/** A slot this much ahead (ms) was recorded by a clock that was set right since; less is how clocks are set in the course of a day. */
const AHEAD_MS = 5 * 60_000;

/** Whether slots were recorded, or the schedule changed, at a time that is still to come: no slot before that would ever come due. */
export function isSettledAhead({ effectiveSince, lastSlot }: Schedule, now: Date): boolean {
  return Math.max(Date.parse(effectiveSince), lastSlot === null ? -Infinity : Date.parse(lastSlot)) > now.getTime() + AHEAD_MS;
}

/** The later of two ISO times: a process whose clock is behind must not bring back slots that another has dealt with. */
function later(one: string, other: string): string {
  return Date.parse(one) >= Date.parse(other) ? one : other;
}

function slotChange(schedule: Schedule, event: SlotEvent): Partial<Schedule> {
  switch (event.type) {
    case 'SlotFired': {
      const { slot, runId } = event.data;
      return { lastSlot: slot, lastFiredSlot: slot, lastRunId: runId, firedSlots: schedule.firedSlots + 1 };
    }
    case 'SlotSkipped':
      return { lastSlot: event.data.slot, skippedSlots: plus(schedule.skippedSlots, event.data.reason, 1) };
    case 'SlotRangeSkipped': {
      const { through, reason, count } = event.data;
      if (count === null) return { lastSlot: through, hasUncountedSkips: true };
      return { lastSlot: through, skippedSlots: plus(schedule.skippedSlots, reason, count) };
    }
    default:
      return assertNever(event);
  }
}

function plus(counts: Schedule['skippedSlots'], reason: SlotSkipReason, more: number): Schedule['skippedSlots'] {
  return { ...counts, [reason]: (counts[reason] ?? 0) + more };
}

function isSlotEvent(event: ScheduleEvent): event is SlotEvent {
  return event.type === 'SlotFired' || event.type === 'SlotSkipped' || event.type === 'SlotRangeSkipped';
}
