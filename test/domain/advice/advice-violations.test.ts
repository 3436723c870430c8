import { describe, expect, it } from '@jest/globals';
import { violationsOf } from '../../../src/domain/advice/advice-violations.js';
import type { DailyAdvice } from '../../../src/domain/advice/daily-advice.js';
import { LACTOSE_INTOLERANCE_BIT } from '../../../src/domain/advice/patient-inputs.js';
import { stepGoalViolation } from '../../../src/domain/advice/step-goal-violation.js';
import { advised, book, catalogue, idOf, patient } from './advice-fixture.js';

const safe = advised(patient());
const check = (advice: DailyAdvice, inputs = patient()) => violationsOf(advice, inputs, { book, catalogue });

/** The advice with the first breakfast dish, a rice, replaced. */
function withFirst(nameKo: string): DailyAdvice {
  const food = idOf(nameKo) - 1;
  return {
    ...safe,
    dietFoods: [food, ...safe.dietFoods.slice(1)],
    dietTarget: { ...safe.dietTarget, Breakfast: [nameKo, ...safe.dietTarget.Breakfast.slice(1)] },
  };
}

const unused = (fits: (food: (typeof catalogue.foods)[number]) => boolean) => {
  const food = catalogue.foods.find((each, index) => !safe.dietFoods.includes(index) && fits(each));
  if (food === undefined) throw new Error('the catalogue has no such food');
  return food.nameKo;
};

describe('The safety check', () => {
  it('finds nothing in safe advice', () => {
    expect(check(safe)).toEqual([]);
  });

  it('finds a food that is not in the catalogue', () => {
    expect(check({ ...safe, dietFoods: [catalogue.foods.length, ...safe.dietFoods.slice(1)] })).toContain('NOT_IN_CATALOGUE');
    expect(check({ ...safe, dietFoods: [-1, ...safe.dietFoods.slice(1)] })).toContain('NOT_IN_CATALOGUE');
  });

  it('finds a food that is not LOW', () => {
    expect(check(withFirst('콩밥'))).toEqual(['NOT_LOW_FODMAP']);
  });

  it('finds an allergen, and milk for an intolerance alone', () => {
    const risky = unused(
      (food) => food.category === 'RICE' && food.fodmap === 'LOW' && food.allergens.length > 0 && food.meals.includes('BREAKFAST'),
    );
    const allergens = catalogue.allergens[idOf(risky) - 1] ?? 0;
    expect(check(withFirst(risky), patient({ allergens }))).toContain('ALLERGEN');
    expect(check(withFirst('락토프리우유'), patient({ allergens: LACTOSE_INTOLERANCE_BIT }))).toContain('ALLERGEN');
    const unharmed = check(withFirst('락토프리우유'), patient({ allergens: 0 }));
    expect(unharmed).toBeInstanceOf(Array);
    expect(unharmed).not.toContain('ALLERGEN');
  });

  it('finds a food that was eaten in three days, also today', () => {
    const eaten = [(safe.dietFoods[3] ?? 0) + 1];
    expect(check(safe, patient({ recent: eaten }))).toEqual(['EATEN_RECENTLY']);
    expect(check(safe, patient({ today: eaten }))).toEqual(['EATEN_RECENTLY']);
  });

  it('finds a food that is offered twice', () => {
    const second = catalogue.foods[safe.dietFoods[1] ?? 0]?.nameKo ?? '';
    expect(check(withFirst(second))).toEqual(['REPEATED_FOOD']);
  });

  it('finds a name that is not that of its food', () => {
    expect(check({ ...safe, dietTarget: { ...safe.dietTarget, Lunch: ['라면', ...safe.dietTarget.Lunch.slice(1)] } })).toEqual([
      'NAMES_DIFFER',
    ]);
    expect(check({ ...safe, dietFoods: [...safe.dietFoods, idOf('녹차') - 1] })).toContain('NAMES_DIFFER');
  });

  it('finds a dish at a meal it is not offered at', () => {
    expect(
      check(withFirst(unused((food) => food.category === 'RICE' && food.fodmap === 'LOW' && !food.meals.includes('BREAKFAST')))),
    ).toEqual(['WRONG_MEAL']);
  });

  it('finds a meal out of plan', () => {
    expect(check(withFirst('딸기'))).toEqual(['UNTOLD_SHORTAGE', 'OUT_OF_PLAN']);
    expect(check(withFirst(unused((food) => food.category === 'PORRIDGE' && food.fodmap === 'LOW')))).toContain('OUT_OF_PLAN');
  });

  it('finds a shortage that is not told, and accepts one that is', () => {
    const { dietFoods, dietTarget } = safe;
    const fewer = { ...safe, dietFoods: dietFoods.slice(1), dietTarget: { ...dietTarget, Breakfast: dietTarget.Breakfast.slice(1) } };
    expect(check(fewer)).toEqual(['UNTOLD_SHORTAGE']);
    expect(check({ ...fewer, shortages: ['BREAKFAST_RICE'] })).toEqual([]);
  });

  it('finds a step goal that grows too fast', () => {
    expect(check({ ...safe, exerciseTarget: 5_501 })).toEqual(['STEP_GOAL_GROWS_TOO_FAST']);
    expect(check({ ...safe, exerciseTarget: 5_500 })).toEqual([]);
  });
});

describe('A step goal', () => {
  it.each([
    [0, [5_000], 'STEP_GOAL_OUT_OF_BOUNDS'],
    [10_001, [30_000], 'STEP_GOAL_OUT_OF_BOUNDS'],
    [Number.NaN, [5_000], 'STEP_GOAL_OUT_OF_BOUNDS'],
    [5_000.5, [5_000], 'STEP_GOAL_OUT_OF_BOUNDS'],
    [1_000, [0, 0, 0], null],
    [1_001, [0, 0, 0], 'STEP_GOAL_GROWS_TOO_FAST'],
    [1_100, [9_000, 1_000, 1_000, 1_000], null],
    [1_101, [9_000, 1_000, 1_000, 1_000], 'STEP_GOAL_GROWS_TOO_FAST'],
    [10_000, [9_999, 9_999, 9_999], null],
  ])('of %d after %j is judged %s', (goal, steps, verdict) => {
    expect(stepGoalViolation(goal, steps)).toBe(verdict);
  });
});
