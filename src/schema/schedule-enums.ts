import { FREQUENCIES } from '../domain/schedule/cadence.js';
import { SLOT_SKIP_REASONS } from '../domain/schedule/schedule-events.js';
import { CATCH_UP_POLICIES, OVERLAP_POLICIES } from '../domain/schedule/schedule-settings.js';
import { SCHEDULE_STATUSES } from '../domain/schedule/schedule.js';
import { SLOT_NOTES } from '../domain/slots/slot-notes.js';
import { enumOf } from './enums.js';

export const FrequencyEnum = enumOf(FREQUENCIES, {
  name: 'Frequency',
  description: 'How often a schedule comes due, on the wall clock of its time zone.',
  values: {
    DAILY: 'Every day at `hour`:`minute`.',
    WEEKLY: 'Once a week, on `dayOfWeek`.',
    MONTHLY: 'Once a month, on `dayOfMonth`, or on the last day of a shorter month.',
    CRON: 'Whenever `cron` says.',
  },
});

export const ScheduleStatusEnum = enumOf(SCHEDULE_STATUSES, {
  name: 'ScheduleStatus',
  description: 'Where a schedule stands.',
  values: {
    ACTIVE: 'Each of its slots fires, or is recorded as skipped with its reason.',
    PAUSED: 'Nothing comes due until it is resumed; slots of the pause are never made up for.',
    DELETED: 'Gone for good. Its log, its slots and its runs stay.',
  },
});

export const CatchUpPolicyEnum = enumOf(CATCH_UP_POLICIES, {
  name: 'CatchUpPolicy',
  description: 'What happens to slots that could not be fired within five minutes, because nothing was running.',
  values: {
    SKIP: 'None is made up for.',
    LATEST: 'Only the latest is, if it lies within the window.',
    ALL: 'Each within the window is, one after the other.',
  },
});

export const OverlapPolicyEnum = enumOf(OVERLAP_POLICIES, {
  name: 'OverlapPolicy',
  description: 'What a slot does while a run of its schedule is active.',
  values: {
    SKIP: 'It gives way and is recorded as skipped.',
    QUEUE: 'It fires, and its run waits for the earlier one.',
    ALLOW: 'It fires, and its run starts at once.',
  },
});

export const SlotSkipReasonEnum = enumOf(SLOT_SKIP_REASONS, {
  name: 'SlotSkipReason',
  description: 'Why a slot was not fired.',
  values: {
    CATCH_UP_SKIPPED: 'It was missed, and the catch-up policy is SKIP.',
    SUPERSEDED_BY_LATER: 'It was missed, and a later one was due as well (catch-up policy LATEST).',
    OUTSIDE_WINDOW: 'It was missed by more hours than the catch-up window has.',
    TOO_MANY:
      'A schedule has at most a hundred runs that have not ended, and decides on at most a thousand missed slots one by one; this is one of the older ones.',
    OVERLAP: 'A run of the schedule was active (overlap policy SKIP).',
    NOT_RUNNABLE: 'The installation has not got the program that the schedule asks for. In records of 0.1.0: or its generator.',
  },
});

export const SlotNoteEnum = enumOf(SLOT_NOTES, {
  name: 'SlotNoteCode',
  description: 'What daylight saving does to a slot.',
  values: {
    DST_GAP: 'Its time does not exist on that day: it fires at the first instant after the gap.',
    DST_REPEATED: 'Its time exists twice on that day: it fires once, at the first of the two.',
  },
});
