import { describe, expect, it } from '@jest/globals';
import { DAILY } from '../../../src/domain/programs/daily/program.js';
import { SLEEP } from '../../../src/domain/programs/sleep/program.js';
import { changeSchedule, createSchedule } from '../../../src/domain/schedule/edit-schedule.js';
import { parseScheduleInput, type ScheduleInput } from '../../../src/domain/schedule/parse-schedule-input.js';
import { readyByOf } from '../../../src/domain/schedule/ready-by.js';
import { SETTINGS_DEFAULTS } from '../../../src/domain/schedule/schedule-settings.js';
import { decode } from '../../../src/eventlog/codec.js';
import { eventsOf, fold, newSchedule, settings } from './schedules.js';

const NIGHTLY = { name: 'nightly', frequency: 'DAILY', hour: 9, minute: 0 };
const CREATED = '2026-03-01T01:00:00.000Z';
const at = new Date('2026-03-01T02:00:00Z');

function problemsOf(input: ScheduleInput) {
  const parsed = parseScheduleInput({ ...NIGHTLY, ...input }, SETTINGS_DEFAULTS);
  return parsed.ok ? [] : parsed.problems;
}

describe('a ready-by time', () => {
  it.each([
    ['after the slot', { readyBy: '09:01' }],
    ['late in the day', { readyBy: '23:59' }],
    ['none', { readyBy: null }],
    ['left out', {}],
    ['after the last slot of a cron', { frequency: 'CRON', cron: '0,30 6-8 * * *', readyBy: '08:31' }],
  ])('is taken: %s', (_, input) => {
    expect(problemsOf(input)).toMatchObject([]);
  });

  it.each([
    ['before the slot', { readyBy: '08:30' }, '09:00'],
    ['at the slot', { readyBy: '09:00' }, '09:00'],
    ['before the slot of a week', { frequency: 'WEEKLY', hour: 14, minute: 5, readyBy: '14:00' }, '14:05'],
    ['between slots of a cron', { frequency: 'CRON', cron: '0,30 6-8 * * *', readyBy: '07:00' }, '08:30'],
    ['any time for a cron of every minute', { frequency: 'CRON', cron: '* * * * *', readyBy: '23:59' }, '23:59'],
  ])('is refused with the time of the slot: %s', (_, input, slot) => {
    expect(problemsOf(input)).toMatchObject([
      { field: 'readyBy', found: expect.any(String), expected: `a time after the slot at ${slot}, or none` },
    ]);
  });

  it.each(['9:30', '24:00', '09:60', '09:30:00', 'noon', '', 930, true])('is refused for what is no time of day: %j', (readyBy) => {
    expect(problemsOf({ readyBy })).toMatchObject([{ field: 'readyBy', expected: 'a time of day such as 09:30, or none' }]);
  });

  it('cannot be overtaken by moving the slot', () => {
    const schedule = newSchedule(CREATED, { readyBy: '09:30' });
    const moved = changeSchedule({ schedule, expectedVersion: undefined, at, input: { hour: 10 } });
    expect(moved).toMatchObject({ problems: [{ field: 'readyBy', found: '"09:30"' }] });
    expect(eventsOf(changeSchedule({ schedule, expectedVersion: undefined, at, input: { hour: 10, readyBy: '10:30' } }))).toHaveLength(1);
  });

  it('is kept, changed and taken away by events that say only what changed', () => {
    const [created] = eventsOf(createSchedule({ schedule: undefined, input: { ...NIGHTLY, readyBy: '09:30' }, at }));
    const schedule = fold([created as NonNullable<typeof created>]);
    expect(schedule.settings.readyBy).toBe('09:30');
    expect(eventsOf(changeSchedule({ schedule, expectedVersion: undefined, at, input: { readyBy: '09:30' } }))).toEqual([]);
    const gone = eventsOf(changeSchedule({ schedule, expectedVersion: undefined, at, input: { readyBy: null } }));
    expect(gone).toMatchObject([{ type: 'ScheduleChanged', data: { changes: { readyBy: null } } }]);
    expect(fold(gone, schedule).settings.readyBy).toBeNull();
  });

  it('is nothing to an older schedule: its events are read, and an edit of it does not speak of the time', () => {
    const data = { settings: settings(), effectiveAt: CREATED };
    expect(decode('ScheduleCreated', data)).toEqual(data);
    const old = newSchedule(CREATED);
    expect(old.settings).toEqual(settings());
    expect(Object.keys(old.settings)).toContain('overlap');
    expect(Object.keys(old.settings)).not.toContain('readyBy');
    const edited = eventsOf(changeSchedule({ schedule: old, expectedVersion: undefined, at, input: { hour: 8 } }));
    expect(edited).toMatchObject([{ data: { changes: { hour: 8 } } }]);
    expect(JSON.stringify(edited)).not.toContain('readyBy');
    expect(() => decode('ScheduleChanged', { changes: { readyBy: 'soon' }, effectiveAt: CREATED })).toThrow(/readyBy/);
  });
});

describe('the instant by which advice is to be there', () => {
  const nine = settings({ readyBy: '09:30' });

  it('is on the day that the advice is for, in the zone of the schedule', () => {
    // 00:00 in UTC is the slot of 09:00 in Seoul; its advice is for that day.
    expect(readyByOf(new Date('2026-03-02T00:00:00Z'), nine, DAILY)).toEqual(new Date('2026-03-02T00:30:00Z'));
    expect(readyByOf(new Date('2026-03-02T00:00:00Z'), nine, SLEEP)).toEqual(new Date('2026-03-02T00:30:00Z'));
    const abroad = settings({ timeZone: 'America/New_York', readyBy: '10:00' });
    expect(readyByOf(new Date('2026-07-01T13:00:00Z'), abroad, DAILY)).toEqual(new Date('2026-07-01T14:00:00Z'));
  });

  it('is none without a time', () => {
    expect(readyByOf(new Date('2026-03-02T00:00:00Z'), settings(), DAILY)).toBeUndefined();
    expect(readyByOf(new Date('2026-03-02T00:00:00Z'), settings({ readyBy: null }), DAILY)).toBeUndefined();
  });

  it('goes by the clocks on days on which they change, and is none where a gap leaves nothing after the slot', () => {
    const berlin = settings({ timeZone: 'Europe/Berlin', hour: 1, readyBy: '04:00' });
    expect(readyByOf(new Date('2026-03-29T00:00:00Z'), berlin, DAILY)).toEqual(new Date('2026-03-29T02:00:00Z')); // two hours later, not three
    const inGap = settings({ timeZone: 'Europe/Berlin', hour: 2, minute: 10, readyBy: '02:40' });
    expect(readyByOf(new Date('2026-03-29T01:00:00Z'), inGap, DAILY)).toBeUndefined();
  });
});
