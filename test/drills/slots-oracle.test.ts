import { describe, expect, it } from '@jest/globals';
import { slotsBetween } from '../../src/domain/slots/slots.js';
import { CADENCES, cadence } from '../domain/slots/cadences.js';
import { oracleSlots } from '../domain/slots/oracle.js';

/** Zones with the year from which two are compared, and why they are hard. */
const ZONES: readonly [zone: string, year: number, why: string][] = [
  ['Asia/Seoul', 2025, 'no daylight saving'],
  ['Asia/Seoul', 1987, 'its last daylight saving'],
  ['UTC', 2024, 'nothing ever changes'],
  ['Australia/Lord_Howe', 2025, 'shifts by half an hour'],
  ['Pacific/Apia', 2011, 'left out a whole day'],
  ['Africa/Casablanca', 2025, 'goes back for Ramadan'],
  ['America/New_York', 2025, 'changes at two'],
  ['Europe/London', 2025, 'changes at one'],
  ['America/Sao_Paulo', 2017, 'changed at midnight'],
  ['Asia/Tehran', 2020, 'changed at midnight by the Persian calendar'],
  ['Asia/Gaza', 2024, 'changes around Ramadan'],
  ['Pacific/Chatham', 2025, 'is 45 minutes off the hour'],
  ['America/Santiago', 2025, 'changes at midnight'],
  ['America/Nuuk', 2024, 'has a gap that ends at midnight'],
  ['Antarctica/Troll', 2024, 'shifts by two hours'],
  ['Pacific/Kwajalein', 1993, 'left out a whole day, with another sign'],
];

describe('slots agree with a scan of every minute over two years', () => {
  it.each(ZONES)('in %s from %d, which %s', (timeZone, year) => {
    const [after, until] = [Date.UTC(year, 0, 1), Date.UTC(year + 2, 0, 1)];
    for (const [name, different, due] of CADENCES) {
      const slots = slotsBetween(cadence({ ...different, timeZone }), new Date(after), new Date(until), Infinity);
      const found = slots.map((slot) => slot.toISOString());
      const expected = oracleSlots(timeZone, due, after, until).map((slot) => new Date(slot).toISOString());
      expect({ name, found }).toEqual({ name, found: expected });
    }
  });
});
