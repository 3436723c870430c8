import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { stepPlanOf, wornDays } from '../../../src/domain/advice/step-plan.js';

const week = (...steps: number[]) => stepPlanOf(steps);
const anySteps = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 20_000 })), {
  minLength: 1,
  maxLength: 7,
});
const anyGoals = fc.array(fc.integer({ min: 500, max: 10_000 }), { maxLength: 7 });

describe('The level of steps', () => {
  it.each([
    [2_999, 'VERY_LOW'],
    [3_000, 'LOW'],
    [5_099, 'LOW'],
    [5_100, 'ADEQUATE'],
    [6_599, 'ADEQUATE'],
    [6_600, 'HIGH'],
  ])('of %i a day is %s', (steps, level) => {
    expect(week(steps, steps, steps, steps).level).toBe(level);
  });

  it('comes from the mean of all days when there are four or more', () => {
    expect(week(9_000, 3_000, 3_000, 3_000)).toMatchObject({ days: 4, mean: 4_500, level: 'LOW' });
  });

  it('comes from the last day alone when there are three or fewer', () => {
    expect(week(9_000, 9_000, 2_000)).toMatchObject({ days: 1, mean: 2_000, level: 'VERY_LOW', regularity: null });
  });
});

describe('The regularity of steps', () => {
  // Days that alternate around 1,000 have exactly the deviation that they lie apart.
  it.each([
    [150, 'VERY_REGULAR'],
    [151, 'REGULAR'],
    [300, 'REGULAR'],
    [301, 'SOMEWHAT_IRREGULAR'],
    [500, 'SOMEWHAT_IRREGULAR'],
    [501, 'IRREGULAR'],
  ])('with days %i above and below 1,000 is %s', (apart, regularity) => {
    expect(week(1_000 + apart, 1_000 - apart, 1_000 + apart, 1_000 - apart).regularity).toBe(regularity);
  });

  it('is not judged when nobody walked', () => {
    expect(week(0, 0, 0, 0).regularity).toBeNull();
  });
});

describe('The step goal', () => {
  it.each([
    [
      'a low level asks for the 3-day mean rounded to 500, and 1,000 more, up to 6,000',
      [3_000, 3_000, 3_000, 5_200, 5_200, 5_200],
      5_500,
      'CAPPED',
    ],
    ['a low level asks for 6,000 at most', [1_000, 1_000, 1_000, 1_000, 7_000, 7_000, 7_000], 6_000, 'EASED'],
    [
      'a low level with quick last days is asked for the 3-day mean and more',
      [1_000, 1_000, 1_000, 1_000, 4_700, 4_700, 4_700],
      5_000,
      'CAPPED',
    ],
    ['an adequate level asks for 7,000', [5_000, 5_500, 6_000, 6_500, 6_500, 6_500], 7_000, 'PLAIN'],
    ['a high level asks for 8,000', [5_000, 7_000, 7_000, 7_200, 7_500, 7_500, 7_500], 8_000, 'PLAIN'],
    ['fewer than three days near the target ask for 7,000 at most', [9_000, 9_000, 9_000, 9_000, 6_000, 7_200], 7_000, 'EASED'],
    ['an irregular low week is asked for no more than the cap either', [600, 600, 600, 600, 5_500, 5_500, 4_500], 5_500, 'CAPPED'],
    ['after 1,000 a day it is 1,100: the floor of 4,000 does not undo the cap', [1_000, 1_000, 1_000, 1_000], 1_100, 'CAPPED'],
    ['it is rounded to 500 where that still asks for more', [2_400, 2_400, 2_400, 2_400], 2_500, 'CAPPED'],
    ['it is rounded to 100 where 500 would ask for no more', [4_500, 4_500, 4_500, 4_500], 4_900, 'CAPPED'],
    ['it is rounded to 10 where 100 would ask for no more', [520, 520, 520, 520], 570, 'CAPPED'],
    ['500 is the least of all goals, the cap notwithstanding', [50, 50, 50, 50], 500, 'FIRST'],
    ['the cap decides again from 500 on', [455, 455, 455, 455], 500, 'CAPPED'],
    ['it is a first 1,000 after days without a step', [0, 0, 0, 0], 1_000, 'FIRST'],
    ['it is a first 1,000 after a stray step', [0, 0, 1], 1_000, 'FIRST'],
    ['one lively day after two quiet ones is no licence to leap', [1_000, 1_000, 9_000], 4_000, 'CAPPED'],
    ['a single recorded day is judged by itself', [6_000], 6_500, 'CAPPED'],
  ])('%s', (_, steps, goal, reason) => {
    expect(stepPlanOf(steps)).toMatchObject({ goal, reason });
  });

  it('asks an irregular high walker for 7,500 when three days were near the target', () => {
    expect(week(30_000, 900, 900, 6_000, 6_000, 7_200, 12_000)).toMatchObject({
      level: 'HIGH',
      regularity: 'IRREGULAR',
      goal: 7_500,
      reason: 'EASED',
    });
  });

  it('never grows by more than 10 % or 1,500 over the mean of the last three worn days, 500 apart', () => {
    fc.assert(
      fc.property(anySteps, anyGoals, (steps, goals) => {
        const last = wornDays(steps).slice(-3);
        const sum = last.reduce((total, day) => total + day, 0);
        const { goal } = stepPlanOf(steps, goals);
        if (sum < last.length) expect(goal).toBe(1_000);
        else if (goal > 500) {
          expect(goal * last.length * 10).toBeLessThanOrEqual(sum * 11);
          expect(goal * last.length).toBeLessThanOrEqual(sum + 1_500 * last.length);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('is a whole number from 500 to 10,000, at least 4,000 and a multiple of 500 as far as the cap lets it', () => {
    fc.assert(
      fc.property(anySteps, anyGoals, (steps, goals) => {
        const { goal, reason } = stepPlanOf(steps, goals);
        expect(Number.isInteger(goal) && goal >= 500 && goal <= 10_000).toBe(true);
        if (reason === 'PLAIN' || reason === 'EASED') expect([goal % 500, goal >= 4_000]).toEqual([0, true]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is not lowered where a goal of the week was met and the last days still reach it', () => {
    const days = [9_000, 9_000, 9_000, 9_000];
    expect(stepPlanOf(days)).toMatchObject({ goal: 7_000, reason: 'EASED' });
    expect(stepPlanOf(days, [8_500, 7_500])).toMatchObject({ goal: 8_500, reason: 'KEPT' });
    expect(stepPlanOf(days, [9_001])).toMatchObject({ goal: 7_000, reason: 'EASED' });
    expect(stepPlanOf(days, [6_500])).toMatchObject({ goal: 7_000, reason: 'EASED' });
    expect(stepPlanOf([20_000, 20_000, 20_000], [15_000])).toMatchObject({ reason: 'EASED' }); // no goal of ours is above 10,000
  });

  it('asks for more than was walked whenever the cap decides and there is a whole step of room', () => {
    fc.assert(
      fc.property(fc.integer({ min: 455, max: 6_000 }), (steps) => {
        const { goal, reason } = week(steps, steps, steps, steps);
        if (reason === 'CAPPED') expect(goal).toBeGreaterThan(steps);
      }),
    );
  });
});

describe('Days on which the phone was not worn', () => {
  it.each([
    ['less than a tenth of the median', [6_000, 599, 6_000, 6_000], [6_000, 6_000, 6_000]],
    ['not those with a tenth of it', [6_000, 600, 6_000, 6_000], [6_000, 600, 6_000, 6_000]],
    ['zeros among days of walking', [0, 0, 5_000, 5_000, 5_000], [5_000, 5_000, 5_000]],
    ['not zeros where most days are', [0, 0, 0, 5_000], [0, 0, 0, 5_000]],
    ['by the mean of the middle two of an even number', [100, 100, 4_000, 4_000], [4_000, 4_000]],
  ])('are left out: %s', (_, recorded, worn) => {
    expect(wornDays(recorded)).toEqual(worn);
  });

  it('count for nothing: not for the mean, not for how even it was, not for the goal', () => {
    expect(week(6_000, 6_000, 20, 6_000, 0, 6_000)).toEqual({ ...week(6_000, 6_000, 6_000, 6_000), leftOut: 2 }); // and are told
  });
});

describe('Days of steps that cannot be', () => {
  it.each([96_001, 200_000, 2_147_483_647, -1])('count for nothing, whenever they were: %i', (odd) => {
    const sound = [2_000, 2_100, 1_900, 2_000];
    for (let at = 0; at <= sound.length; at += 1)
      expect(stepPlanOf(sound.toSpliced(at, 0, odd))).toEqual({ ...stepPlanOf(sound), unbelieved: 1 });
    expect(stepPlanOf([odd, odd, 3_000])).toEqual({ ...stepPlanOf([3_000]), unbelieved: 2 });
  });

  it('are no days of a long walk', () => {
    expect(week(6_000, 96_000, 6_000, 6_000)).toMatchObject({ unbelieved: 0, leftOut: 0, mean: 28_500 });
  });
});
