import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { addDays, dateInZone, daysBetween, localDate, parseLocalDate, type LocalDate } from '../../../src/domain/local-date.js';

const dates = fc
  .date({ min: new Date('1903-01-01T00:00:00Z'), max: new Date('2999-12-31T00:00:00Z'), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10) as LocalDate);

const two = (figure: number): string => String(figure).padStart(2, '0');

describe('a local date', () => {
  it('is a day of the calendar in one form', () => {
    expect(parseLocalDate('2024-02-29')).toBe('2024-02-29');
    for (const text of ['2026-02-29', '2026-02-30', '2026-13-01', '2026-00-10', '2026-1-1', '26-01-01', '1899-12-31', '2026-01-01T00:00Z', ' 2026-01-01', '', '오늘'])
      expect({ text, date: parseLocalDate(text) }).toEqual({ text, date: undefined }); // prettier-ignore
  });

  it('is what a calendar says, of every day that can be written for leap years and others', () => {
    for (const year of [1900, 1904, 2000, 2023, 2024, 2100, 9999])
      for (let month = 0; month <= 13; month += 1)
        for (let day = 0; day <= 32; day += 1) {
          const text = `${year}-${two(month)}-${two(day)}`;
          const at = new Date(Date.UTC(year, month - 1, day));
          const isDay = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
          expect({ text, isDay: parseLocalDate(text) !== undefined }).toEqual({ text, isDay });
        }
  });

  it('is asked for by its form where there is none', () => {
    expect(() => localDate('2026-02-30')).toThrow(/YYYY-MM-DD and in the calendar, found "2026-02-30"/);
  });

  it('reads every day of the calendar, and counts there and back', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -1_000, max: 1_000 }), (date, days) => {
        expect(parseLocalDate(date)).toBe(date);
        expect(daysBetween(date, addDays(date, days))).toBe(days);
        expect(addDays(addDays(date, days), -days)).toBe(date);
      }),
    );
  });

  it('steps over the ends of months and years, and into a leap day', () => {
    expect(addDays(localDate('2024-02-28'), 1)).toBe('2024-02-29');
    expect(addDays(localDate('2025-02-28'), 1)).toBe('2025-03-01');
    expect(addDays(localDate('2026-01-01'), -1)).toBe('2025-12-31');
  });

  it('at an instant depends on the zone', () => {
    const at = new Date('2026-03-01T15:30:00Z');
    expect([dateInZone(at, 'Asia/Seoul'), dateInZone(at, 'UTC'), dateInZone(at, 'America/New_York')]).toEqual([
      '2026-03-02',
      '2026-03-01',
      '2026-03-01',
    ]);
    expect(() => dateInZone(at, 'Asia/Nowhere')).toThrow(RangeError);
  });
});
