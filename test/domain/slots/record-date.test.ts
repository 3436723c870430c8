import { describe, expect, it } from '@jest/globals';
import { recordDateOf } from '../../../src/domain/slots/record-date.js';
import { nextSlots } from '../../../src/domain/slots/slots.js';
import { cadence } from './cadences.js';

describe('recordDateOf', () => {
  it('is the day before the slot in the zone of the schedule, not in UTC', () => {
    expect(recordDateOf(new Date('2026-03-02T00:00:00Z'), cadence(), 'DAY_BEFORE')).toBe('2026-03-01');
    const losAngeles = cadence({ hour: 20, timeZone: 'America/Los_Angeles' });
    expect(recordDateOf(new Date('2026-03-02T04:00:00Z'), losAngeles, 'DAY_BEFORE')).toBe('2026-02-28');
    expect(recordDateOf(new Date('2026-03-02T04:00:00Z'), losAngeles, 'SAME_DAY')).toBe('2026-03-01');
  });

  it.each([
    ['Pacific/Apia', 9, 0, '2011-12-25'],
    ['America/Nuuk', 23, 30, '2024-03-25'],
    ['America/Sao_Paulo', 0, 0, '2017-10-10'],
    ['Australia/Lord_Howe', 2, 0, '2026-04-01'],
  ])('names each day of %s exactly once for a daily schedule, through the change of its clocks', (timeZone, hour, minute, from) => {
    const daily = cadence({ hour, minute, timeZone });
    for (const recordDay of ['DAY_BEFORE', 'SAME_DAY'] as const) {
      const found = nextSlots(daily, new Date(`${from}T12:00:00Z`), 14).map((slot) => recordDateOf(slot, daily, recordDay));
      const first = Date.parse(found[0] ?? '');
      const days = Array.from({ length: 15 }, (_, day) => new Date(first + day * 86_400_000).toISOString().slice(0, 10));
      expect(found).toEqual(days.filter((day) => !(timeZone === 'Pacific/Apia' && day === '2011-12-30')).slice(0, 14));
    }
  });

  it('is yesterday for an instant that is no slot', () => {
    expect(recordDateOf(new Date('2026-03-02T05:17:00Z'), cadence(), 'DAY_BEFORE')).toBe('2026-03-01');
  });

  it('passes over the day that a zone left out, for an instant that is no slot too', () => {
    const [apia, utc] = [cadence({ timeZone: 'Pacific/Apia' }), cadence({ timeZone: 'UTC' })];
    expect(recordDateOf(new Date('2011-12-30T12:00:00Z'), apia, 'DAY_BEFORE')).toBe('2011-12-29');
    expect(recordDateOf(new Date('2011-12-31T12:00:00Z'), utc, 'DAY_BEFORE')).toBe('2011-12-30');
  });
});
