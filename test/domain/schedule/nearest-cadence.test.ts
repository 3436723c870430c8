import { describe, expect, it } from '@jest/globals';
import type { Cadence } from '../../../src/domain/schedule/cadence.js';
import { nearestCadence } from '../../../src/domain/schedule/nearest-cadence.js';

const NINE: Cadence = { frequency: 'DAILY', hour: 9, minute: 5, dayOfWeek: 0, dayOfMonth: 1, cron: null, timeZone: 'Asia/Seoul' };
const cron = (text: string): ReturnType<typeof nearestCadence> => nearestCadence({ ...NINE, frequency: 'CRON', cron: text });

describe('The nearest of IBSafe’s cadences', () => {
  it('is the cadence itself where IBSafe has it: every day, Sundays, the 1st', () => {
    for (const frequency of ['DAILY', 'WEEKLY', 'MONTHLY'] as const) {
      expect(nearestCadence({ ...NINE, frequency })).toEqual({ frequency, hour: 9, minute: 5, isExact: true });
    }
  });

  it('is not exact for another day of the week or the month, which only its own frequency reads', () => {
    expect(nearestCadence({ ...NINE, frequency: 'WEEKLY', dayOfWeek: 6 }).isExact).toBe(false);
    expect(nearestCadence({ ...NINE, frequency: 'MONTHLY', dayOfMonth: 31 }).isExact).toBe(false);
    expect(nearestCadence({ ...NINE, dayOfWeek: 6, dayOfMonth: 31 }).isExact).toBe(true);
  });

  it.each([
    ['30 6 * * *', 'DAILY', 6, 30],
    ['*/5 * * * *', 'DAILY', 0, 0],
    ['10,40 8-17 * * 1-5', 'DAILY', 8, 10],
    ['0 22 * * MON,WED,FRI', 'DAILY', 22, 0],
    ['0 22 * * 2,4', 'WEEKLY', 22, 0],
    ['15 7 * * 3', 'WEEKLY', 7, 15],
    ['0 5 */2 * *', 'DAILY', 5, 0],
    ['0 5 1,8,15,22 * *', 'WEEKLY', 5, 0],
    ['0 5 1,15 * *', 'MONTHLY', 5, 0],
    ['0 5 L * *', 'MONTHLY', 5, 0],
    ['59 23 31 12 *', 'MONTHLY', 23, 59],
    ['0 4 29 2 *', 'MONTHLY', 4, 0],
    ['0 4 * * 5#2', 'MONTHLY', 4, 0],
  ] as const)('of %s is %s at %i:%i, by its due days in a year and its first time on one', (text, frequency, hour, minute) => {
    expect(cron(text)).toEqual({ frequency, hour, minute, isExact: false });
    expect(cron(text)).toEqual(cron(text));
  });
});
