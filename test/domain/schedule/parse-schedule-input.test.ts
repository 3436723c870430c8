import { describe, expect, it } from '@jest/globals';
import { parseScheduleInput, type ScheduleInput } from '../../../src/domain/schedule/parse-schedule-input.js';
import { DEFAULT_SCHEDULE, SETTINGS_DEFAULTS } from '../../../src/domain/schedule/schedule-settings.js';
import { settings } from './schedules.js';

const NIGHTLY = { name: 'nightly', frequency: 'DAILY', hour: 9, minute: 0 };

function problemsOf(input: ScheduleInput) {
  const parsed = parseScheduleInput({ ...NIGHTLY, ...input }, SETTINGS_DEFAULTS);
  return parsed.ok ? [] : parsed.problems;
}

describe('parseScheduleInput for a new schedule', () => {
  it('fills in what IBSafe means by default', () => {
    const parsed = parseScheduleInput({ ...NIGHTLY, name: DEFAULT_SCHEDULE.name }, SETTINGS_DEFAULTS);
    expect(parsed).toEqual({ ok: true, value: DEFAULT_SCHEDULE });
    expect(DEFAULT_SCHEDULE).toMatchObject({
      timeZone: 'Asia/Seoul',
      dayOfWeek: 0,
      catchUp: { policy: 'LATEST', windowHours: 24 },
      overlap: 'SKIP',
    });
  });

  it('asks for name, frequency and time', () => {
    const parsed = parseScheduleInput({}, SETTINGS_DEFAULTS);
    expect(parsed.ok ? [] : parsed.problems.map(({ field, found }) => [field, found])).toEqual([
      ['name', 'nothing'],
      ['frequency', 'nothing'],
      ['hour', 'nothing'],
      ['minute', 'nothing'],
    ]);
  });

  it.each<[string, ScheduleInput, string, string]>([
    ['hour', { hour: 24 }, '24', 'a whole number from 0 to 23'],
    ['hour', { hour: '9' }, '"9"', 'a whole number from 0 to 23'],
    ['hour', { hour: 9.5 }, '9.5', 'a whole number from 0 to 23'],
    ['hour', { hour: NaN }, 'NaN', 'a whole number from 0 to 23'],
    ['minute', { minute: -1 }, '-1', 'a whole number from 0 to 59'],
    ['minute', { minute: 60 }, '60', 'a whole number from 0 to 59'],
    ['dayOfWeek', { dayOfWeek: 7 }, '7', 'a whole number from 0 to 6 (0 is Sunday)'],
    ['dayOfMonth', { dayOfMonth: 0 }, '0', 'a whole number from 1 to 31'],
    ['dayOfMonth', { dayOfMonth: 32 }, '32', 'a whole number from 1 to 31'],
    ['frequency', { frequency: 'daily' }, '"daily"', 'one of DAILY, WEEKLY, MONTHLY, CRON'],
    ['timeZone', { timeZone: 'Asia/Pyeongyang' }, '"Asia/Pyeongyang"', 'an IANA time zone such as Asia/Seoul'],
    ['timeZone', { timeZone: '+09:00' }, '"+09:00"', 'an IANA time zone such as Asia/Seoul'],
    ['active', { active: 'yes' }, '"yes"', 'true or false'],
    ['program', { program: 'weekly' }, '"weekly"', 'one of daily, sleep'],
    ['generator', { generator: 'GPT' }, '"GPT"', 'one of RULES, LLM'],
    ['overlap', { overlap: 'WAIT' }, '"WAIT"', 'one of SKIP, QUEUE, ALLOW'],
    ['catchUp.policy', { catchUp: { policy: 'SOME' } }, '"SOME"', 'one of SKIP, LATEST, ALL'],
    ['catchUp.windowHours', { catchUp: { windowHours: 721 } }, '721', 'a whole number from 1 to 720'],
    ['catchUp.windowHours', { catchUp: { windowHours: 0 } }, '0', 'a whole number from 1 to 720'],
    ['cron', { cron: '0 9 * * *' }, '"0 9 * * *"', 'no cron unless frequency is CRON'],
    ['cron', { frequency: 'CRON' }, 'nothing', 'five cron fields for frequency CRON'],
    ['cron', { frequency: 'CRON', cron: 9 }, '9', 'five cron fields as text'],
    ['cron', { frequency: 'CRON', cron: '0 0 30 2 *' }, '"0 0 30 2 *"', 'a cron that is due some day'],
    ['name', { name: '   ' }, '"   "', '1 to 100 characters on one line'],
    ['name', { name: 'two\nlines' }, '"two\\nlines"', '1 to 100 characters on one line'],
  ])('names %s, its value and the allowed range for %j', (field, input, found, expected) => {
    expect(problemsOf(input)).toEqual([expect.objectContaining({ field, found, expected })]);
  });

  it('tells every problem at once, and shows no more than the beginning of a long value', () => {
    const problems = problemsOf({ hour: 99, minute: 99, name: 'x'.repeat(101) });
    expect(problems.map(({ field }) => field)).toEqual(['name', 'hour', 'minute']);
    expect(problems[0]?.found).toHaveLength(60);
  });

  it('accepts the ends of each range', () => {
    expect(
      problemsOf({ hour: 0, minute: 59, dayOfWeek: 6, dayOfMonth: 31, name: '😀'.repeat(100), catchUp: { windowHours: 720 } }),
    ).toEqual([]);
    expect(problemsOf({ hour: 23, minute: 0, dayOfMonth: 1, catchUp: { policy: 'ALL', windowHours: 1 }, generator: null })).toEqual([]);
  });

  it('trims the name and writes zone and cron in their usual form', () => {
    const parsed = parseScheduleInput({ name: ' c ', frequency: 'CRON', cron: ' 0  9 * * mon', timeZone: 'asia/seoul' }, SETTINGS_DEFAULTS);
    expect(parsed).toMatchObject({ ok: true, value: { name: 'c', cron: '0 9 * * MON', timeZone: 'Asia/Seoul' } });
  });

  it('keeps the name of a zone that has become an alias', () => {
    expect(parseScheduleInput({ ...NIGHTLY, timeZone: 'Asia/Kolkata' }, SETTINGS_DEFAULTS)).toMatchObject({
      value: { timeZone: 'Asia/Kolkata' },
    });
  });
});

describe('parseScheduleInput for a change', () => {
  it('keeps what the input leaves out or has as null, and the other half of the catch-up', () => {
    const before = settings({ generator: 'LLM', catchUp: { policy: 'ALL', windowHours: 48 } });
    const parsed = parseScheduleInput({ minute: 30, hour: null, catchUp: { windowHours: 72 } }, before);
    expect(parsed).toEqual({ ok: true, value: { ...before, minute: 30, catchUp: { policy: 'ALL', windowHours: 72 } } });
  });

  it('takes a null generator for the default one', () => {
    expect(parseScheduleInput({ generator: null }, settings({ generator: 'LLM' }))).toMatchObject({ value: { generator: null } });
  });

  it('drops the cron of a schedule that becomes daily, and asks for the time that it never had', () => {
    const before = settings({ frequency: 'CRON', cron: '*/5 * * * *', hour: 0, minute: 0 });
    expect(parseScheduleInput({ frequency: 'DAILY', hour: 7, minute: 0 }, before)).toMatchObject({ value: { cron: null, hour: 7 } });
    const parsed = parseScheduleInput({ frequency: 'DAILY' }, before);
    expect(parsed.ok ? [] : parsed.problems.map(({ field }) => field)).toEqual(['hour', 'minute']);
  });
});
