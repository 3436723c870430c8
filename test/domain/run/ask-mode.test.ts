import { describe, expect, it } from '@jest/globals';
import { waitUntil } from '../../../src/domain/run/ask-mode.js';

const NOW = new Date('2026-03-02T01:00:00Z');
const HOUR = 3_600_000;
const at = (hours: number): Date => new Date(NOW.getTime() + hours * HOUR);
const FACTS = { now: NOW, windowMs: 24 * HOUR, readyBy: undefined, nextSlot: undefined, afterwardsMs: HOUR };

describe('how long a batch is waited for', () => {
  it('is as long as the provider takes, where nothing presses', () => expect(waitUntil(FACTS)).toEqual(at(24)));

  it('leaves time to ask by calls before the advice is to be there', () => expect(waitUntil({ ...FACTS, readyBy: at(5) })).toEqual(at(4)));

  it('ends before the schedule comes due again', () => {
    expect(waitUntil({ ...FACTS, nextSlot: at(24) })).toEqual(at(23));
    expect(waitUntil({ ...FACTS, readyBy: at(30), nextSlot: at(12) })).toEqual(at(11));
  });

  it('is over at once, where the time is too short', () => expect(waitUntil({ ...FACTS, readyBy: at(0.5) }) < NOW).toBe(true));

  it('ends with the window, where that is the shortest', () =>
    expect(waitUntil({ ...FACTS, windowMs: HOUR, readyBy: at(9) })).toEqual(at(1)));
});
