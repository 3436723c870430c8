import { expect, it } from '@jest/globals';
import { owedNight } from '../../../src/domain/schedule/owed-night.js';
import type { ScheduleSettings } from '../../../src/domain/schedule/schedule-settings.js';
import { fold, newSchedule } from './schedules.js';

// A slot at 02:00 in Seoul, on the day that its advice is for, which is to be there at 07:00: 22:00 UTC of the day before.
const NIGHTLY = { frequency: 'DAILY', hour: 2, minute: 0, timeZone: 'Asia/Seoul', program: 'daily', readyBy: '07:00' } as Partial<ScheduleSettings>; // prettier-ignore
const schedule = (different: Partial<ScheduleSettings> = {}): ReturnType<typeof newSchedule> => newSchedule('2026-02-01T00:00:00.000Z', { ...NIGHTLY, ...different }); // prettier-ignore
const owed = (at: string, of = schedule()): unknown => owedNight(of, new Date(at));

it.each([
  ['after the time, until midnight', '2026-03-10T13:00:00Z', '2026-03-09T22:00:00.000Z'],
  ['at the time itself', '2026-03-09T22:00:00Z', '2026-03-09T22:00:00.000Z'],
])('A night is owed %s', (_, now, readyBy) => {
  expect(owed(now)).toMatchObject({ program: 'daily', recordDate: '2026-03-09', readyBy: new Date(readyBy) });
});

it.each([
  ['before the time', '2026-03-09T21:59:59Z', schedule()],
  ['after midnight: that was yesterday', '2026-03-09T16:00:00Z', schedule()],
  ['of a schedule without a time', '2026-03-10T01:00:00Z', schedule({ readyBy: null })],
  ['on a day without a slot', '2026-03-10T01:00:00Z', schedule({ frequency: 'WEEKLY', dayOfWeek: 0 })],
  ['of a slot before the schedule was made', '2026-03-10T01:00:00Z', newSchedule('2026-03-09T20:00:00.000Z', NIGHTLY)],
])('No night is owed %s', (_, now, of) => {
  expect(owed(now, of)).toBeUndefined();
});

it('No night is owed by a schedule that is paused, and the latest of several slots counts', () => {
  const paused = fold([{ type: 'SchedulePaused', data: { reason: null, effectiveAt: '2026-03-08T00:00:00.000Z' } }], schedule());
  expect(owed('2026-03-10T01:00:00Z', paused)).toBeUndefined();
  const often = schedule({ frequency: 'CRON', cron: '*/5 0-6 * * *' });
  expect(owed('2026-03-09T22:30:00Z', often)).toMatchObject({ recordDate: '2026-03-09' });
});
