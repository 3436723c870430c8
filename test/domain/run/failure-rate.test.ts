import { describe, expect, it } from '@jest/globals';
import { reasonToPause } from '../../../src/domain/run/failure-rate.js';
import { tally } from './run-history.js';

const LIMIT = { percent: 50, leastUsers: 100 };

describe('a run in which users fail', () => {
  it('goes on while no more fail than may, and pauses with the first one more', () => {
    expect(reasonToPause(tally({ generated: 50, failed: 50 }), LIMIT)).toBeUndefined();
    expect(reasonToPause(tally({ generated: 49, failed: 51 }), LIMIT)).toMatch(/^51 of 100 users failed/);
  });

  it('concludes nothing from a few users', () => {
    expect(reasonToPause(tally({ failed: 99 }), LIMIT)).toBeUndefined();
    expect(reasonToPause(tally({ failed: 100 }), LIMIT)).toBeDefined();
  });

  it('counts skipped users as served and cancelled ones not at all', () => {
    expect(reasonToPause(tally({ skipped: 60, failed: 50 }), LIMIT)).toBeUndefined();
    expect(reasonToPause(tally({ cancelled: 500, failed: 100 }), LIMIT)).toBeDefined();
  });

  it('names the code that most of them failed with, and no reason of those who were skipped', () => {
    const reasons = { MISSING_FOOD_RECORD: 90, GENERATOR_TIMEOUT: 10, GENERATOR_UNAVAILABLE: 80 };
    expect(reasonToPause(tally({ failed: 90, skipped: 10, reasons }), LIMIT)).toContain('most with GENERATOR_UNAVAILABLE');
  });

  it('is never paused where a hundred per cent may fail', () => {
    expect(reasonToPause(tally({ failed: 1_000 }), { ...LIMIT, percent: 100 })).toBeUndefined();
  });
});
