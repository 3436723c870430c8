import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { latestSlotsBetween, nextSlots, slotsBetween } from '../../../src/domain/slots/slots.js';
import { CADENCES, cadence } from './cadences.js';

const iso = (slots: readonly Date[]): string[] => slots.map((slot) => slot.toISOString());

describe('slotsBetween', () => {
  it('leaves out its beginning and includes its end', () => {
    const nine = new Date('2026-03-01T00:00:00Z');
    expect(slotsBetween(cadence(), nine, new Date('2026-03-02T00:00:00Z'), 10)).toEqual([new Date('2026-03-02T00:00:00Z')]);
    expect(slotsBetween(cadence(), nine, nine, 10)).toEqual([]);
  });

  it('takes the next minute after an instant within one, to the millisecond', () => {
    const justBefore = new Date('2026-02-28T23:59:59.999Z');
    expect(iso(nextSlots(cadence(), justBefore, 1))).toEqual(['2026-03-01T00:00:00.000Z']);
    expect(iso(nextSlots(cadence(), new Date('2026-03-01T00:00:00.001Z'), 1))).toEqual(['2026-03-02T00:00:00.000Z']);
  });

  it('gives the earliest slots when there are more than the limit, and none for a limit of none', () => {
    const [from, until] = [new Date('2026-03-01T00:00:00Z'), new Date('2026-04-01T00:00:00Z')];
    expect(iso(slotsBetween(cadence(), from, until, 2))).toEqual(['2026-03-02T00:00:00.000Z', '2026-03-03T00:00:00.000Z']);
    expect(slotsBetween(cadence(), from, until, 0)).toEqual([]);
  });

  it('fires at the first instant after a daylight-saving gap, also where that is midnight', () => {
    const newYork = cadence({ hour: 2, minute: 30, timeZone: 'America/New_York' });
    expect(iso(nextSlots(newYork, new Date('2026-03-08T00:00:00-05:00'), 2))).toEqual([
      '2026-03-08T07:00:00.000Z',
      '2026-03-09T06:30:00.000Z',
    ]);
    const nuuk = cadence({ hour: 23, minute: 30, timeZone: 'America/Nuuk' });
    expect(iso(nextSlots(nuuk, new Date('2024-03-30T12:00:00Z'), 2))).toEqual(['2024-03-31T01:00:00.000Z', '2024-04-01T00:30:00.000Z']);
  });

  it('lets the slots of a gap fall together into one', () => {
    const half = cadence({ frequency: 'CRON', cron: '15,45 * * * *', timeZone: 'America/New_York' });
    const found = iso(nextSlots(half, new Date('2026-03-08T06:30:00Z'), 3));
    expect(found).toEqual(['2026-03-08T06:45:00.000Z', '2026-03-08T07:00:00.000Z', '2026-03-08T07:15:00.000Z']);
  });

  it('fires once in a repeated hour, in its first pass, also when asked in the middle of it', () => {
    const newYork = cadence({ hour: 1, minute: 30, timeZone: 'America/New_York' });
    expect(iso(nextSlots(newYork, new Date('2026-11-01T00:00:00-04:00'), 2))).toEqual([
      '2026-11-01T05:30:00.000Z',
      '2026-11-02T06:30:00.000Z',
    ]);
    expect(iso(nextSlots(newYork, new Date('2026-11-01T06:10:00Z'), 1))).toEqual(['2026-11-02T06:30:00.000Z']);
  });

  it('has no slot on the day that Apia left out, and the day before and after as always', () => {
    const apia = cadence({ timeZone: 'Pacific/Apia' });
    const found = iso(nextSlots(apia, new Date('2011-12-29T00:00:00Z'), 2));
    expect(found).toEqual(['2011-12-29T19:00:00.000Z', '2011-12-30T19:00:00.000Z']);
  });
});

describe('latestSlotsBetween', () => {
  const question = fc.record({
    different: fc.constantFrom(...CADENCES.map(([, different]) => different)),
    timeZone: fc.constantFrom('Asia/Seoul', 'Australia/Lord_Howe', 'America/New_York', 'Pacific/Apia'),
    after: fc.date({ min: new Date('2010-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
    hours: fc.integer({ min: -5, max: 24 * 90 }),
    limit: fc.integer({ min: 0, max: 40 }),
  });

  it('gives the end of what slotsBetween gives', () => {
    const holds = fc.property(question, ({ different, timeZone, after, hours, limit }) => {
      const asked = cadence({ ...different, timeZone });
      const until = new Date(after.getTime() + hours * 3_600_000);
      const all = slotsBetween(asked, after, until, Infinity);
      expect(latestSlotsBetween(asked, after, until, limit)).toEqual(limit === 0 ? [] : all.slice(-limit));
    });
    fc.assert(holds, { numRuns: 60 });
  });
});
