import { describe, expect, it } from '@jest/globals';
import { localDate } from '../../../src/domain/local-date.js';
import { ALL_PROGRAMS } from '../../../src/domain/programs/all-programs.js';
import { recordDateFor } from '../../../src/domain/programs/record-date-for.js';

describe('The record date for a day of advice', () => {
  it('is the day before for diet and exercise, and the same day for sleep', () => {
    expect(recordDateFor('daily', localDate('2026-03-01'))).toBe('2026-02-28');
    expect(recordDateFor('daily', localDate('2024-03-01'))).toBe('2024-02-29');
    expect(recordDateFor('sleep', localDate('2026-03-01'))).toBe('2026-03-01');
  });

  it('is the one from which each program comes to that day', () => {
    for (const { name, targetDate } of ALL_PROGRAMS) expect(targetDate(recordDateFor(name, localDate('2026-01-01')))).toBe('2026-01-01');
  });
});
