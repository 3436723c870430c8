import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { violationsOf } from '../../../src/domain/advice/advice-violations.js';
import { Catalogue } from '../../../src/domain/advice/catalogue/catalogue.js';
import { MEAL_PLAN, shortageCodeOf } from '../../../src/domain/advice/meal-plan.js';
import { allergenBit, ALLERGENS, LACTOSE_INTOLERANCE_BIT, type PatientInputs } from '../../../src/domain/advice/patient-inputs.js';
import { createRuleEngine, RULE_VERSION } from '../../../src/domain/advice/rule-engine.js';
import { userId } from '../../../src/domain/ids.js';
import { localDate } from '../../../src/domain/local-date.js';
import { advised, anyPatient, book, catalogue, idOf, patient } from './advice-fixture.js';

const korean = createRuleEngine(catalogue, 'ko');
const english = createRuleEngine(catalogue, 'en');
const eatenBy = ({ today, recent }: PatientInputs) => new Set([...today, ...recent].map((id) => book.get(id)?.catalogueIndex));
const carries = (allergens: number, food: number) => catalogue.foods[food]?.allergens.some((each) => (allergens & allergenBit(each)) !== 0);

describe('Daily advice', () => {
  it('offers each food once, only LOW ones, none with an allergen of the patient and none eaten in three days', () => {
    fc.assert(
      fc.property(anyPatient, (inputs) => {
        const { dietFoods } = advised(inputs, korean);
        const avoid = inputs.allergens | ((inputs.allergens & LACTOSE_INTOLERANCE_BIT) === 0 ? 0 : allergenBit('LACTOSE'));
        expect(new Set(dietFoods).size).toBe(dietFoods.length);
        expect(dietFoods.filter((food) => catalogue.foods[food]?.fodmap !== 'LOW')).toEqual([]);
        expect(dietFoods.filter((food) => carries(avoid, food))).toEqual([]);
        const eaten = eatenBy(inputs);
        expect(dietFoods.filter((food) => eaten.has(food))).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('passes the safety check, which was written apart from it', () => {
    fc.assert(
      fc.property(anyPatient, (inputs) => {
        expect(violationsOf(advised(inputs, korean), inputs, { book, catalogue })).toEqual([]);
        expect(violationsOf(advised(inputs, english), inputs, { book, catalogue })).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('gives a meal fewer dishes of a category only when no suitable one is left, and says so', () => {
    let short = 0;
    fc.assert(
      fc.property(anyPatient, (inputs) => {
        const advice = advised(inputs, english);
        const used = new Set([...eatenBy(inputs), ...advice.dietFoods]);
        const candidates = catalogue.candidates(inputs.allergens);
        MEAL_PLAN.forEach((slot, at) => {
          if (!advice.shortages.includes(shortageCodeOf(slot))) return;
          short += 1;
          expect([...(candidates[at] ?? [])].filter((food) => !used.has(food))).toEqual([]);
        });
        expect(advice.dietTarget.Summary.includes('There are fewer')).toBe(advice.shortages.length > 0);
      }),
      { numRuns: 400 },
    );
    expect(short).toBeGreaterThan(0);
  });

  it('is the same for the same inputs, whoever was advised before', () => {
    fc.assert(
      fc.property(anyPatient, anyPatient, (inputs, other) => {
        const first = advised(inputs, korean);
        korean.advise(other, book);
        expect(advised(inputs, korean)).toEqual(first);
        expect(advised(inputs, createRuleEngine(catalogue, 'ko'))).toEqual(first);
      }),
    );
  });

  it('differs by user, by date and by version of the rules', () => {
    const { dietFoods } = advised(patient());
    expect(advised(patient({ userId: userId(8) })).dietFoods).not.toEqual(dietFoods);
    expect(advised(patient({ recordDate: localDate('2026-03-15') })).dietFoods).not.toEqual(dietFoods);
    expect(advised(patient(), createRuleEngine(catalogue, 'ko', 'rules-2')).dietFoods).not.toEqual(dietFoods);
  });

  it('stays what it is while the version does: whoever must change this dinner raises RULE_VERSION', () => {
    expect([RULE_VERSION, advised(patient()).dietTarget.Dinner]).toEqual([
      'rules-1',
      ['시금치밥', '차조밥', '시금치죽', '닭고기뭇국', '당근수프', '차돌박이구이', '소고기장조림', '닭다리소금구이', '고등어소금구이'],
    ]);
  });

  it('picks the same dishes in both languages', () => {
    fc.assert(fc.property(anyPatient, (inputs) => expect(advised(inputs, english).dietFoods).toEqual(advised(inputs, korean).dietFoods)));
  });

  it('follows the plan of eleven, ten and nine dishes when nothing stands in the way', () => {
    const { dietTarget, shortages } = advised(patient());
    expect([dietTarget.Breakfast.length, dietTarget.Lunch.length, dietTarget.Dinner.length]).toEqual([11, 10, 9]);
    expect(shortages).toEqual([]);
  });

  it('gives everyone with a single allergy a whole day, three days running', () => {
    for (const allergen of ALLERGENS) {
      let recent: number[] = [];
      for (const day of ['2026-03-14', '2026-03-15', '2026-03-16']) {
        const advice = advised(patient({ allergens: allergenBit(allergen), recordDate: localDate(day), recent }));
        expect({ allergen, day, shortages: advice.shortages }).toEqual({ allergen, day, shortages: [] });
        recent = [...recent, ...advice.dietFoods.map((food) => food + 1)];
      }
    }
  });

  it('offers every LOW food of the plan to someone, sooner or later', () => {
    const offered = new Set<number>();
    for (let user = 1; user <= 2_000; user++)
      advised(patient({ userId: userId(user) }), korean).dietFoods.forEach((food) => offered.add(food));
    const reachable = new Set(catalogue.candidates(0).flatMap((list) => [...list]));
    expect(offered).toEqual(reachable);
  });

  it('treats an intolerance to lactose as an allergy to it', () => {
    const rice = catalogue.foods[idOf('쌀밥') - 1];
    if (rice === undefined) throw new Error('the catalogue has lost its rice');
    const milkRice = { ...rice, code: 'IBS-9999', nameKo: '타락밥', nameEn: 'Milk rice', allergens: ['LACTOSE' as const] };
    const twoRices = new Catalogue([rice, milkRice]);
    const offered = (allergens: number) => [...(twoRices.candidates(allergens)[0] ?? [])];
    expect(offered(0)).toEqual([0, 1]);
    expect(offered(allergenBit('LACTOSE'))).toEqual([0]);
    expect(offered(LACTOSE_INTOLERANCE_BIT)).toEqual([0]);
  });
});

describe('Inputs that no sensible record can hold', () => {
  it.each([
    ['a negative day', [-1, 5_000]],
    ['a day that is no number', [Number.NaN]],
    ['a day without end', [Number.POSITIVE_INFINITY]],
    ['a thousand billion steps', [1e12]],
    ['half a step', [0.5]],
    ['no day at all', []],
    ['more days than a week', [1, 2, 3, 4, 5, 6, 7, 8]],
  ])('are refused: %s', (_, steps) => {
    expect(korean.advise(patient({ steps }), book)).toEqual({ failed: 'INVALID_INPUT', field: 'steps' });
  });

  it.each([-1, 128, 1.5, Number.NaN])('are refused: allergens %s, which may mean one the catalogue does not know', (allergens) => {
    expect(korean.advise(patient({ allergens }), book)).toEqual({ failed: 'INVALID_INPUT', field: 'allergens' });
  });
});
