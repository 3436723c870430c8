import { beforeAll, describe, expect, it } from '@jest/globals';
import { dayFiguresOf } from '../../src/domain/advice/day-figures.js';
import { eatenFoodsOf } from '../../src/domain/advice/eaten-food.js';
import { toFoodFacts } from '../../src/domain/advice/food-book.js';
import type { FoodBook, FoodFacts } from '../../src/domain/advice/patient-inputs.js';
import { createSafetyGate } from '../../src/domain/advice/safety-gate.js';
import { DAILY } from '../../src/domain/programs/daily/program.js';
import { differenceOf } from '../../src/domain/programs/intervention-difference.js';
import { InterventionRows } from '../../src/records/intervention-rows.js';
import { eatenFoods, historyOf } from '../../src/records/record-lists.js';
import { catalogue, korean, patient, row } from '../domain/advice/advice-fixture.js';

// What grows with the square of a user's records takes minutes for so many, and the test's time limit ends it; in proportion it takes a moment.
const MANY = 1_000_000;
const ids = Array.from({ length: MANY }, (_, at) => MANY - at);

const saved = (Breakfast: string[]): Parameters<typeof differenceOf>[0] => ({
  dietTarget: { Breakfast, Lunch: [], Dinner: [], Summary: '' },
  dietEvaluation: '',
  exerciseEvaluation: '',
  exerciseTarget: null,
  sleepEvaluation: null,
  sleepTarget: null,
});

describe('a user with a million records of a day costs no more than in proportion', () => {
  let text: string;
  const food: FoodFacts = toFoodFacts(row(1, { foodName: '밥 아닌 밥', fodmap: '저' }), catalogue);
  const book = { get: () => food } as unknown as FoodBook;

  beforeAll(() => {
    text = `{${ids.map((id) => id * 1_200_005).join(',')}}`; // of the record date, without amount, at breakfast: see `FOOD_ENTRY`
  });

  it('to read', () => {
    const { today } = eatenFoods(text);
    expect([today.length, today[0], today.at(-1)]).toEqual([MANY, 1, MANY]);
    expect(historyOf(`{${ids.join(',')}}`).values).toHaveLength(MANY);
  });

  it('to count, each food once', () => {
    const inputs = { ...patient(), today: [...ids, ...ids] };
    expect(dayFiguresOf(inputs, eatenFoodsOf(inputs, book), book).foods).toBe(MANY);
  });

  it('to advise, and to write down with every name', () => {
    const inputs = { ...patient(), today: ids, recent: [...ids, ...ids] };
    const gate = createSafetyGate(catalogue, korean);
    const advice = DAILY.rules({ catalogue, tongue: korean, gate, book: () => book }, DAILY).advise(inputs);
    if (!('gubun' in advice)) throw new Error('the user was refused');
    expect([advice.inputTodayDiet?.length, advice.inputRecent3days?.length]).toEqual([MANY, MANY]);
    const rows = new InterventionRows();
    rows.add(1, advice);
    expect(rows.size).toBe(1);
    rows.release();
  });

  it('to compare, where the app saved as many dishes', () => {
    const dishes = ids.map(String);
    const { meals } = differenceOf(saved(dishes), saved([...dishes, 'one more']));
    expect(meals).toEqual([{ meal: 'BREAKFAST', added: ['one more'], removed: [] }]);
  });
});
