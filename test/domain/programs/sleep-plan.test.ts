import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { sleepIsInvalid, sleepPlanOf } from '../../../src/domain/programs/sleep/sleep-plan.js';

const anyNights = fc.array(fc.integer({ min: 0, max: 1_440 }), { minLength: 1, maxLength: 7 });

describe('a night', () => {
  it.each([
    [0, 'VERY_SHORT'],
    [240, 'VERY_SHORT'],
    [241, 'SHORT'],
    [360, 'SHORT'],
    [361, 'GOOD'],
    [480, 'GOOD'],
    [481, 'LONG'],
    [600, 'LONG'],
    [601, 'TOO_LONG'],
    [1_440, 'TOO_LONG'],
  ])('of %i minutes is %s', (minutes, length) => {
    expect(sleepPlanOf([minutes])).toMatchObject({ minutes, length });
  });

  it('is judged by itself, whatever the nights before were', () => {
    expect(sleepPlanOf([700, 700, 700, 200])).toMatchObject({ minutes: 200, length: 'VERY_SHORT', mean: 575 });
  });
});

describe('a sleep goal', () => {
  it.each([
    [[240], 6, 'MORE'],
    [[330], 6.5, 'MORE'],
    [[390], 7, 'MORE'],
    [[420], 7, 'KEEP'],
    [[440], 7.5, 'KEEP'],
    [[480], 8, 'KEEP'],
    [[510], 8, 'LESS'],
    [[600], 9, 'LESS'],
    [[720], 9, 'LESS'],
    [[300, 420], 7, 'MORE'],
    [[240, 240, 240, 400], 7, 'MORE'], // not less than what was slept
    [[240, 240, 240, 430], 7, 'MORE'], // nothing else after a good night
    [[700, 700, 700, 490], 8, 'LESS'], // not more than what was slept
    [[0, 0, 440], 7.5, 'KEEP'], // a night of no minutes is a mistaken record
    [[1_440], 7, 'KEEP'],
  ])('after %j is %d hours: %s', (nights, goal, direction) => {
    expect(sleepPlanOf(nights)).toMatchObject({ goal, direction });
  });

  it('is in half hours within 6 to 9 for any nights, and lies on the side of 7 to 8 hours', () => {
    fc.assert(
      fc.property(anyNights, (nights) => {
        const { goal, direction, mean } = sleepPlanOf(nights);
        expect(goal * 2).toBe(Math.round(goal * 2));
        expect(goal >= 6 && goal <= 9).toBe(true);
        if (direction === 'MORE') expect(goal <= 7 && goal * 60 >= mean).toBe(true);
        if (direction === 'LESS') expect(goal >= 8 && goal * 60 <= mean).toBe(true);
        if (direction === 'KEEP') expect(goal >= 7 && goal <= 8).toBe(true);
        const last = nights.at(-1) ?? 0;
        if (last < 420) expect(goal * 60 > last).toBe(true);
        if (last > 480) expect(goal * 60 < last).toBe(true);
        if (last >= 420 && last <= 480) expect(goal >= 7 && goal <= 8).toBe(true);
      }),
    );
  });
});

describe('nights that cannot be', () => {
  it.each([[[]], [[-1]], [[1_441]], [[1.5]], [[400, 1_441]], [[1.5, 400]], [[Number.NaN]], [Array.from({ length: 8 }, () => 400)]])(
    'are told: %j',
    (nights) => {
      expect(sleepIsInvalid(nights)).toBe(true);
    },
  );

  it('are not counted before the last', () => {
    for (const odd of [-1, 1_441, 1_000_000]) {
      expect(sleepIsInvalid([odd, 400])).toBe(false);
      expect(sleepPlanOf([odd, 400])).toEqual(sleepPlanOf([400]));
    }
  });

  it('are no others', () => {
    fc.assert(fc.property(anyNights, (nights) => !sleepIsInvalid(nights)));
  });
});
