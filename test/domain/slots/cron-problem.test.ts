import { describe, expect, it } from '@jest/globals';
import { cronProblem, normalCron } from '../../../src/domain/slots/cron-problem.js';

describe('cronProblem', () => {
  it.each(['* * * * *', '*/15 8-18 * * MON-FRI', '0 9 L * *', '0 9 * * 5#2', '0 9 * * 5L', '0 0 29 2 *', '0 9 1,15 JAN-MAR 7'])(
    'accepts %s',
    (text) => {
      expect(cronProblem(text)).toBeUndefined();
    },
  );

  it.each([
    ['60 * * * *', /minute of 0 to 59/],
    ['0 24 * * *', /hour of 0 to 23/],
    ['0 9 32 * *', /day of month of 1 to 31/],
    ['0 9 0 * *', /day of month of 1 to 31/],
    ['0 9 * 13 *', /month of 1 to 12/],
    ['0 9 * * 8', /day of week of 0/],
    ['0 9 * * FRI#6', /day of week of 0/],
    ['*/0 * * * *', /minute of 0 to 59/],
    ['0 9 * * 5#L', /day of week of 0/],
    ['0 9 15W * *', /day of month of 1 to 31/],
    ['0 9 ? * +MON', /day of month of 1 to 31/],
  ])('names the field and its range for %s', (text, expected) => {
    expect(cronProblem(text)?.text).toMatch(expected);
  });

  it.each(['* * * * * *', '*/10 * * * * *', '0 0 9 * * * 2026', '0 9 * *', '', '@daily', '2026-01-01T09:00:00'])(
    'refuses %j: not five fields',
    (text) => {
      expect(cronProblem(text)?.text).toMatch(/^five fields/);
    },
  );

  it.each(['0 0 30 2 *', '0 0 31 4,6,9,11 *', '0 0 31 2 *'])('refuses %s, which is never due', (text) => {
    expect(cronProblem(text)?.text).toBe('a cron that is due some day');
  });

  it('refuses a text of unreasonable length', () => {
    expect(cronProblem(`${'1,'.repeat(50)}1 * * * *`)?.text).toMatch(/at most 100 characters/);
  });
});

describe('normalCron', () => {
  it('writes one space between fields and names in capitals', () => {
    expect(normalCron('  0   9 * *\tmon-fri ')).toBe('0 9 * * MON-FRI');
  });
});
