import { describe, expect, it } from '@jest/globals';
import type { DailyAdvice } from '../../../src/domain/advice/daily-advice.js';
import { foodBookOf } from '../../../src/domain/advice/food-book.js';
import type { PatientInputs } from '../../../src/domain/advice/patient-inputs.js';
import { eatenFoodsOf } from '../../../src/domain/advice/eaten-food.js';
import { quotableName } from '../../../src/domain/advice/quotable-name.js';
import { addDays, localDate } from '../../../src/domain/local-date.js';
import { book, catalogue, engineIn, english, idOf, korean, patient, row, vocabulary } from './advice-fixture.js';

const LUNCH = 1;

/** Texts and points of a fortnight of such days. */
function fortnight(given: Partial<PatientInputs>, tongue = korean, foods = book) {
  const days = Array.from(
    { length: 14 },
    (_, day) => engineIn(tongue).advise(patient({ recordDate: addDays(localDate('2026-03-01'), day), ...given }), foods) as DailyAdvice,
  );
  return days.map((each) => ({ ...each, ids: each.points.map(({ point }) => vocabulary.points[point]?.id ?? '') }));
}

/** One who ate these, so many grams of each at lunch. */
function ate(...foods: readonly (readonly [name: string, grams: number])[]): Partial<PatientInputs> {
  const today = foods.map(([name]) => idOf(name));
  return { today, recent: today, amounts: foods.map(([, grams]) => grams), mealsEaten: foods.map(() => LUNCH) };
}

/** On how many of them it is said that the menu leaves out what was eaten lately. */
function saidLately(given: Partial<PatientInputs>, foods = book): number {
  return fortnight(given, korean, foods).filter(({ ids }) => ids.includes('NOT_EATEN_LATELY')).length;
}

function classOf(name: string, grams: number): string | undefined {
  const id = 7_100;
  const foods = foodBookOf([row(id, { foodName: name })], catalogue);
  return eatenFoodsOf(patient({ today: [id], recent: [id], amounts: [grams], mealsEaten: [LUNCH] }), foods)[0]?.fodmap;
}

const aged = (age: number | null): Partial<PatientInputs> => ({
  profile: { skips: [false, false, false], waterMl: null, age, preferences: 0 },
});

describe('A text says a thing once', () => {
  it('and so praises no food by its name where it says that all were low', () => {
    for (const given of [ate(['쌀밥', 210]), ate(['쌀밥', 210], ['귤', 90])]) {
      const days = fortnight(given);
      expect(days.filter(({ ids }) => ids.includes('DAY_ONE_LOW') || ids.includes('DAY_ALL_LOW'))).toHaveLength(14);
      expect(
        days.filter(({ dietEvaluation }) => dietEvaluation.split('저FODMAP').length > 2).map(({ dietEvaluation }) => dietEvaluation),
      ).toEqual([]);
    }
    expect(fortnight(ate(['쌀밥', 210], ['보리밥', 210])).flatMap(({ ids }) => ids)).toContain('PRAISE_LOW_FODMAP');
  });
});

describe('What is said of walking', () => {
  it.each([[[4_000]], [[8_000]], [[6_000]], [[900]]])('calls one day (%j) no average', (steps) => {
    for (const [tongue, average] of [
      [korean, /평균/u],
      [english, /average|mean/iu],
    ] as const)
      for (const { exerciseEvaluation } of fortnight({ steps }, tongue)) {
        expect(exerciseEvaluation).toMatch(/6,000/u);
        expect(exerciseEvaluation).not.toMatch(average);
      }
  });
});

describe('That the menu leaves out what was eaten lately', () => {
  it('is said where a dish of ours was among it, and not where none was known', () => {
    const unknown = foodBookOf([row(7_001, { foodName: '바깥음식' })], catalogue);
    expect(saidLately({ today: [7_001], recent: [7_001], mealsEaten: [LUNCH], amounts: [100] }, unknown)).toBe(0);
    expect(saidLately(ate(['쌀밥', 210]))).toBeGreaterThan(0);
  });
});

describe('A food without a recorded amount', () => {
  it('is not called high where a spoon of it is low', () => {
    expect(['참깨', '꿀', '땅콩', '다시마'].map((name) => classOf(name, 0))).toEqual(['UNKNOWN', 'UNKNOWN', 'UNKNOWN', 'UNKNOWN']);
    expect(['참깨', '꿀'].map((name) => classOf(name, 100))).toEqual(['HIGH', 'HIGH']);
    expect([classOf('소금', 0), classOf('카놀라유', 0), classOf('마늘', 0)]).toEqual(['LOW', 'LOW', 'HIGH']);
  });

  it('is told by what a meal of it holds, and not by what was had', () => {
    const days = fortnight(ate(['콩나물맑은국', 0], ['짬뽕', 0]));
    const texts = days.map(({ dietEvaluation }) => dietEvaluation).join(' ');
    expect(texts).toMatch(/한 끼 분량으로 보아/u);
    expect(texts).not.toMatch(/드신 양/u);
  });
});

it('A name with a telephone number is not repeated', () => {
  expect(['010 1234 5678', '카톡 1234', '전화 02-123-4567'].map(quotableName)).toEqual(['', '', '']);
  expect(['비타500', '우유(200 ml)', '3분카레'].map(quotableName)).toEqual(['비타500', '우유(200 ml)', '3분카레']);
});

describe('A child under four, by the birthday', () => {
  it.each([
    [korean, /네 살/u],
    [english, /under four/u],
  ])('is offered no dish and judged by no food, and is told why', (tongue, why) => {
    for (const age of [0, 3])
      for (const { dietTarget, dietEvaluation } of fortnight({ ...aged(age), ...ate(['짬뽕', 500]) }, tongue)) {
        expect([...dietTarget.Breakfast, ...dietTarget.Lunch, ...dietTarget.Dinner]).toEqual([]);
        expect(dietTarget.Summary).toMatch(why);
        expect(dietEvaluation).toMatch(why);
        expect(dietEvaluation).not.toMatch(/짬뽕|저FODMAP|고FODMAP/u);
      }
  });

  it('and not one of four, nor one whose age is not known', () => {
    for (const age of [4, null])
      for (const { dietTarget } of fortnight(aged(age))) {
        expect(dietTarget.Lunch.length).toBeGreaterThan(3);
        expect(dietTarget.Summary).not.toMatch(/네 살/u);
      }
  });
});
