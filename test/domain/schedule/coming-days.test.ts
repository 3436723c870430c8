import { describe, expect, it } from '@jest/globals';
import { localDate } from '../../../src/domain/local-date.js';
import type { RecordDay } from '../../../src/domain/program.js';
import { comingDays } from '../../../src/domain/schedule/coming-days.js';
import { DEFAULT_SCHEDULE, type ScheduleSettings } from '../../../src/domain/schedule/schedule-settings.js';

const NINE = DEFAULT_SCHEDULE; // 09:00 in Seoul, 00:00 in UTC
const FIRST = localDate('2026-03-01');
const SECOND = localDate('2026-03-02');
const THIRD = localDate('2026-03-03');

function coming(now: string, cadences: readonly ScheduleSettings[] = [NINE], recordDay: RecordDay = 'DAY_BEFORE') {
  return comingDays({ cadences, recordDay, now: new Date(now), timeZone: 'Asia/Seoul' });
}

describe('a record date that is still to come', () => {
  it('is yesterday’s until its slot, and told with the slot', () => {
    expect(coming('2026-03-01T23:59:59Z')(FIRST)).toEqual({ at: new Date('2026-03-02T00:00:00Z'), awaited: true });
    expect(coming('2026-03-02T00:00:00Z')(FIRST)).toBeUndefined();
  });

  it('is today’s, whose slot is tomorrow’s', () => {
    expect(coming('2026-03-02T03:00:00Z')(SECOND)).toEqual({ at: new Date('2026-03-03T00:00:00Z'), awaited: true });
  });

  it('is today’s without any schedule, and no earlier day’s', () => {
    const days = coming('2026-03-02T03:00:00Z', []);
    expect([days(FIRST), days(SECOND), days(THIRD)]).toEqual([undefined, { at: null, awaited: false }, { at: null, awaited: false }]);
  });

  it('is never today’s for a program that reads the day itself, once its slot has passed', () => {
    expect(coming('2026-03-02T00:30:00Z', [NINE], 'SAME_DAY')(SECOND)).toBeUndefined();
    expect(coming('2026-03-01T23:30:00Z', [NINE], 'SAME_DAY')(SECOND)).toMatchObject({ awaited: true });
  });

  it('is told with the earliest of several slots, each judged in its own zone', () => {
    const early = { ...NINE, hour: 6 };
    const abroad = { ...NINE, timeZone: 'America/New_York' };
    expect(coming('2026-03-01T20:00:00Z', [NINE, early])(FIRST)?.at).toEqual(new Date('2026-03-01T21:00:00Z'));
    // In New York it is the morning of the second when Seoul has its evening.
    expect(coming('2026-03-02T13:00:00Z', [abroad])(FIRST)?.at).toEqual(new Date('2026-03-02T14:00:00Z'));
  });

  it('is a day far ahead also where the next slots do not reach it', () => {
    expect(coming('2026-03-02T03:00:00Z')(localDate('2026-04-01'))).toEqual({ at: null, awaited: false });
  });

  it('is no day of a weekly schedule that is past', () => {
    const weekly = { ...NINE, frequency: 'WEEKLY', dayOfWeek: 0 } as const;
    expect(coming('2026-03-02T03:00:00Z', [weekly])(FIRST)).toBeUndefined();
    expect(coming('2026-03-02T03:00:00Z', [weekly])(localDate('2026-03-07'))).toMatchObject({ awaited: true });
  });
});
