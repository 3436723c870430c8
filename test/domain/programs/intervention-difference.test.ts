import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { differenceOf, type ComparableIntervention } from '../../../src/domain/programs/intervention-difference.js';

const DAY: ComparableIntervention = {
  dietTarget: { Breakfast: ['쌀밥', '흰죽'], Lunch: ['쌀국수'], Dinner: ['쌀밥'], Summary: '요약' },
  dietEvaluation: '식단 평가',
  exerciseEvaluation: '운동 평가',
  exerciseTarget: 6_000,
  sleepEvaluation: null,
  sleepTarget: null,
};

const dishes = fc.uniqueArray(fc.constantFrom('쌀밥', '흰죽', '쌀국수', '두부구이'));
const text = fc.constantFrom('', '하나', '둘둘');
const goal = fc.constantFrom(null, 6, 7.5);
const any: fc.Arbitrary<ComparableIntervention> = fc.record({
  dietTarget: fc.option(fc.record({ Breakfast: dishes, Lunch: dishes, Dinner: dishes, Summary: text })),
  dietEvaluation: text,
  exerciseEvaluation: text,
  exerciseTarget: goal,
  sleepEvaluation: fc.option(text),
  sleepTarget: goal,
});

describe('the difference of two interventions', () => {
  it('is nothing between an intervention and itself, nor for dishes in another order', () => {
    const nothing = { fields: [], meals: [], exerciseTarget: null, sleepTarget: null, texts: [] };
    expect(differenceOf(DAY, DAY)).toEqual(nothing);
    expect(differenceOf(DAY, { ...DAY, dietTarget: { ...DAY.dietTarget!, Breakfast: ['흰죽', '쌀밥'] } })).toEqual(nothing);
  });

  it('names each field that differs, with dishes by meal, goals, and texts by their length alone', () => {
    const other = {
      ...DAY,
      dietTarget: { ...DAY.dietTarget!, Breakfast: ['쌀밥', '호박죽'], Summary: '다른 요약' },
      exerciseTarget: 6_500,
      sleepTarget: 7.5,
      sleepEvaluation: '수면 평가',
    };
    expect(differenceOf(DAY, other)).toEqual({
      fields: ['BREAKFAST', 'SUMMARY', 'EXERCISE_TARGET', 'SLEEP_EVALUATION', 'SLEEP_TARGET'],
      meals: [{ meal: 'BREAKFAST', added: ['호박죽'], removed: ['흰죽'] }],
      exerciseTarget: { before: 6_000, after: 6_500 },
      sleepTarget: { before: null, after: 7.5 },
      texts: [
        { field: 'SUMMARY', lengthBefore: 2, lengthAfter: 5 },
        { field: 'SLEEP_EVALUATION', lengthBefore: 0, lengthAfter: 5 },
      ],
    });
  });

  it('reads backwards as it does forwards', () => {
    fc.assert(
      fc.property(any, any, (one, other) => {
        const [there, back] = [differenceOf(one, other), differenceOf(other, one)];
        expect(back.fields).toEqual(there.fields);
        expect(back.meals.map(({ added, removed }) => [removed, added])).toEqual(there.meals.map(({ added, removed }) => [added, removed]));
        expect(back.exerciseTarget?.before).toEqual(there.exerciseTarget?.after);
      }),
    );
  });
});
