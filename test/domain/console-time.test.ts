import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

interface Clock {
  readonly serviceNow: () => number;
  readonly noteServiceTime: (header: string | null) => void;
  readonly onTime: (listener: () => void) => () => void;
}
const consoleModule = async <Module>(path: string): Promise<Module> => (await import(`../../console/src/${path}.js`)) as Module;
const clock = await consoleModule<Clock>('graphql/clock');
const { dayIn } = await consoleModule<{ dayIn: (zone: string, days?: number, now?: number) => string }>('parts/days');
const { recordDateOf } = await consoleModule<{ recordDateOf: (program: string, day: string) => string }>('parts/programs');

const SEOUL = 'Asia/Seoul';
const at = (time: string): number => Date.parse(`2026-11-${time}Z`);

describe('A day of the console', () => {
  it.each([
    ['27T14:59:59.999', '2026-11-27', '2026-11-26'], // one moment before midnight in Seoul
    ['27T15:00:00.000', '2026-11-28', '2026-11-27'],
    ['27T23:59:59.999', '2026-11-28', '2026-11-27'], // before the run of 09:00, and in UTC another day
    ['28T00:00:00.000', '2026-11-28', '2026-11-27'],
    ['28T14:59:59.999', '2026-11-28', '2026-11-27'],
    ['28T15:00:00.000', '2026-11-29', '2026-11-28'],
  ])('at %s UTC is %s in Seoul, where last night read the records of %s', (time, today, lastNight) => {
    expect([dayIn(SEOUL, 0, at(time)), recordDateOf('DAILY', dayIn(SEOUL, 0, at(time)))]).toEqual([today, lastNight]);
    expect(recordDateOf('SLEEP', dayIn(SEOUL, 0, at(time)))).toBe(today);
  });

  it('is that of the zone across a change of its clocks, and across the end of a year', () => {
    expect(dayIn('America/New_York', 0, Date.parse('2026-11-01T04:30:00Z'))).toBe('2026-11-01');
    expect(dayIn('America/New_York', 1, Date.parse('2026-11-02T04:30:00Z'))).toBe('2026-11-02');
    expect([0, -1].map((days) => dayIn(SEOUL, days, Date.parse('2026-12-31T15:00:00Z')))).toEqual(['2027-01-01', '2026-12-31']);
  });
});

describe('The clock of the service', () => {
  beforeEach(() => void jest.useFakeTimers({ now: at('28T00:00:00') }));
  afterEach(() => {
    clock.noteServiceTime(new Date().toUTCString());
    jest.useRealTimers();
  });

  it.each(['27T00:00:30', '27T23:00:00', '28T01:00:00', '29T00:00:00'])('is believed where that of the browser is not near %s', (time) => {
    clock.noteServiceTime(new Date(at(time)).toUTCString());
    expect(clock.serviceNow()).toBe(at(time));
    expect(dayIn(SEOUL)).toBe(dayIn(SEOUL, 0, at(time)));
    jest.advanceTimersByTime(5_000);
    expect(clock.serviceNow()).toBe(at(time) + 5_000);
  });

  it.each(['27T23:59:30', '28T00:00:59', null, 'yesterday'])('is that of the browser where an answer of %s tells no better', (time) => {
    clock.noteServiceTime(time === null || time === 'yesterday' ? time : new Date(at(time)).toUTCString());
    expect(clock.serviceNow()).toBe(at('28T00:00:00'));
  });

  it('calls back when it was learnt anew, at once, and as a day begins while a page stands open', () => {
    jest.setSystemTime(at('28T14:59:50'));
    const days: string[] = [];
    const stop = clock.onTime(() => days.push(dayIn(SEOUL)));
    jest.advanceTimersByTime(60_000);
    expect(days.at(-1)).toBe('2026-11-29');
    clock.noteServiceTime(new Date(at('27T00:00:00')).toUTCString());
    expect(days.at(-1)).toBe('2026-11-27');
    stop();
    expect(jest.getTimerCount()).toBe(0);
  });
});
