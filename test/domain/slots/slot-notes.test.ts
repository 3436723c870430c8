import { describe, expect, it } from '@jest/globals';
import { nextSlots } from '../../../src/domain/slots/slots.js';
import { slotNotes } from '../../../src/domain/slots/slot-notes.js';
import { cadence } from './cadences.js';

describe('slotNotes', () => {
  it('says for a slot in a gap which time does not exist on that day', () => {
    const daily = cadence({ hour: 2, minute: 30, timeZone: 'America/New_York' });
    expect(slotNotes(new Date('2026-03-08T07:00:00Z'), daily)).toEqual([{ code: 'DST_GAP', nominalTime: '2026-03-08T02:30' }]);
  });

  it('says nothing of a slot that is asked for at the very end of a gap', () => {
    const [hourly, daily] = [cadence({ frequency: 'CRON', cron: '0 * * * *' }), cadence({ hour: 3 })];
    const endOfGap = new Date('2026-03-08T07:00:00Z');
    for (const each of [hourly, daily]) expect(slotNotes(endOfGap, { ...each, timeZone: 'America/New_York' })).toEqual([]);
  });

  it('says that a time comes twice, for the half hour of Lord Howe as well', () => {
    const daily = cadence({ hour: 1, minute: 45, timeZone: 'Australia/Lord_Howe' });
    const slots = nextSlots(daily, new Date('2026-04-03T00:00:00Z'), 3);
    expect(slots.map((slot) => slotNotes(slot, daily).map(({ code }) => code))).toEqual([[], ['DST_REPEATED'], []]);
  });

  it('has no remark on an instant that is no slot', () => {
    expect(slotNotes(new Date('2026-03-08T07:01:00Z'), cadence({ timeZone: 'America/New_York' }))).toEqual([]);
  });
});
