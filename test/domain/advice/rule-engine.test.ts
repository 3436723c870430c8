import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { MEALS } from '../../../src/domain/advice/catalogue/dish.js';
import { composedMeal } from '../../../src/domain/advice/composed-meal.js';
import { MEAL_PLAN, shortageCodeOf } from '../../../src/domain/advice/meal-plan.js';
import { mealTable } from '../../../src/domain/advice/meal-table.js';
import { menuViolations } from '../../../src/domain/advice/menu-violations.js';
import type { PatientInputs } from '../../../src/domain/advice/patient-inputs.js';
import { allergenBit, ALLERGENS } from '../../../src/domain/advice/restrictions.js';
import { RULE_VERSION } from '../../../src/domain/advice/rule-engine.js';
import { userId } from '../../../src/domain/ids.js';
import { addDays, localDate } from '../../../src/domain/local-date.js';
import { advised, anyPatient, book, catalogue, engineIn, english, korean, mealsOf, patient } from './advice-fixture.js';

const inKorean = engineIn(korean);
const inEnglish = engineIn(english);
const dishesOf = (offers: readonly number[]): number[] => offers.map((offer) => catalogue.dishOf[offer] ?? -1);
const eatenBy = ({ today, recent }: PatientInputs): Set<number | undefined> =>
  new Set([...today, ...recent].map((id) => book.get(id)?.dish));

describe('Daily advice', () => {
  it('offers each dish once, low as offered, with nothing that the patient must avoid and none eaten in three days', () => {
    fc.assert(
      fc.property(anyPatient, (inputs) => {
        const { offers } = advised(inputs, inKorean);
        const dishes = dishesOf(offers);
        expect(new Set(dishes).size).toBe(dishes.length);
        expect(offers.filter((offer) => catalogue.offers[offer]?.judged.fodmap !== 'LOW')).toEqual([]);
        expect(offers.filter((offer) => ((catalogue.offers[offer]?.judged.restrictions ?? 0) & inputs.allergens) !== 0)).toEqual([]);
        const eaten = eatenBy(inputs);
        expect(dishes.filter((dish) => eaten.has(dish))).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('gives a meal fewer dishes of a category only when no suitable one is left that could be swapped in, and says so', () => {
    let [short, withOther] = [0, 0];
    fc.assert(
      fc.property(anyPatient, (inputs) => {
        const advice = advised(inputs, inEnglish);
        const used = new Set([...eatenBy(inputs), ...dishesOf(advice.offers)]);
        const candidates = catalogue.candidates(inputs.allergens);
        MEAL_PLAN.forEach((slot, at) => {
          if (!advice.shortages.includes(shortageCodeOf(slot))) return;
          short += 1;
          const { offers, composed } = composedMeal(mealsOf(advice)[MEALS.indexOf(slot.meal)] ?? [], catalogue);
          const left = [...(candidates[at] ?? [])].filter((offer) => !used.has(catalogue.dishOf[offer]));
          if (left.some((offer) => mealTable(catalogue).canStandIn(offer, offers.slice(0, composed)))) withOther += 1;
        });
      }),
      { numRuns: 400 },
    );
    expect(short).toBeGreaterThan(0);
    // A dish that a later meal gave up comes too late for an earlier one.
    expect(withOther / short).toBeLessThan(0.08);
  });

  it('is the same for the same inputs, whoever was advised before', () => {
    fc.assert(
      fc.property(anyPatient, anyPatient, (inputs, other) => {
        const first = advised(inputs, inKorean);
        inKorean.advise(other, book);
        expect(advised(inputs, inKorean)).toEqual(first);
      }),
    );
  });

  it('differs by user, by date and by version of the rules', () => {
    const { offers } = advised(patient());
    expect(advised(patient({ userId: userId(8) })).offers).not.toEqual(offers);
    expect(advised(patient({ recordDate: localDate('2026-03-15') })).offers).not.toEqual(offers);
    expect(advised(patient(), engineIn(korean, `${RULE_VERSION}-next`)).offers).not.toEqual(offers);
  });

  it('offers the same dishes and says the same points in both languages', () => {
    fc.assert(
      fc.property(anyPatient, (inputs) => {
        expect(advised(inputs, inEnglish).offers).toEqual(advised(inputs, inKorean).offers);
      }),
    );
  });

  it('follows the plan of eleven, ten and nine dishes when nothing stands in the way', () => {
    const { dietTarget, shortages } = advised(patient({ userId: userId(8) }));
    expect([dietTarget.Breakfast.length, dietTarget.Lunch.length, dietTarget.Dinner.length]).toEqual([11, 10, 9]);
    expect(shortages).toEqual([]);
  });

  it('gives everyone with a single allergy dishes of every category for three days running, whatever they ate of it', () => {
    for (const allergen of ALLERGENS) {
      let recent: number[] = [];
      for (const day of ['2026-03-14', '2026-03-15', '2026-03-16']) {
        const inputs = patient({ allergens: allergenBit(allergen), recordDate: localDate(day), recent });
        const { offers, dietTarget } = advised(inputs);
        const found = menuViolations([offers], inputs, { book, catalogue, dishes: [offers.length, 0, 0] });
        expect(found.filter((code) => code === 'ALLERGEN')).toEqual([]);
        for (const meal of [dietTarget.Breakfast, dietTarget.Lunch, dietTarget.Dinner]) expect(meal.length).toBeGreaterThanOrEqual(4);
        recent = [...recent, ...dishesOf(offers).map((dish) => dish + 1)];
      }
    }
  });

  it('offers every dish that suits the plan to someone, sooner or later', () => {
    const offered = new Set<number>();
    for (let user = 1; user <= 1_000; user++)
      advised(patient({ userId: userId(user) }), inKorean).offers.forEach((offer) => offered.add(offer));
    expect(offered).toEqual(new Set(catalogue.candidates(0).flatMap((list) => [...list])));
  });

  it('keeps every field near what a phone shows, and every text free of gaps', () => {
    fc.assert(
      fc.property(anyPatient, fc.constantFrom(inKorean, inEnglish), (inputs, engine) => {
        const { dietEvaluation, dietTarget, exerciseEvaluation } = advised(inputs, engine);
        for (const text of [dietEvaluation, dietTarget.Summary, exerciseEvaluation]) {
          expect(text).toMatch(/^\S.*[.]$/u);
          expect(text).not.toMatch(/undefined|null|NaN|\s{2}| [.,]|[{}]/u);
          // What must be said is said whatever it takes: somebody with seven restrictions may have eaten all of them.
          expect(text.length).toBeLessThanOrEqual(inputs.allergens === 0 && engine === inKorean ? 300 : 900);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('A patient who follows fourteen days of advice', () => {
  it('has other dishes than the day before, and never reads the sentence of a point twice running', () => {
    const shares: number[] = [];
    for (let user = 1; user <= 50; user++) {
      let before: { dishes: ReadonlySet<number>; sentences: ReadonlySet<string> } | undefined;
      for (let day = 0; day < 14; day++) {
        const today = [1 + ((user * 37 + day * 11) % catalogue.dishes.length), 1_001 + ((user + day) % 20)];
        const steps = [4_000, 5_000 + user * 10, 6_000, 5_500];
        const advice = advised(
          patient({ userId: userId(user), recordDate: addDays(localDate('2026-03-01'), day), today, recent: today, steps }),
          inKorean,
        );
        const texts = [advice.dietEvaluation, advice.dietTarget.Summary, advice.exerciseEvaluation].join(' ');
        const sentences = new Set(texts.split(/(?<=\.) /u));
        const dishes = new Set(dishesOf(advice.offers));
        if (before !== undefined) {
          const held = before;
          shares.push([...dishes].filter((dish) => held.dishes.has(dish)).length / dishes.size);
          expect([...sentences].filter((sentence) => held.sentences.has(sentence))).toEqual([]);
        }
        before = { dishes, sentences };
      }
    }
    expect(shares.reduce((sum, share) => sum + share, 0) / shares.length).toBeLessThan(0.3);
  });
});

describe('Inputs that no sensible record can hold', () => {
  it.each([
    ['negative days alone', [-1, -5_000]],
    ['a day that is no number', [Number.NaN]],
    ['a day without end', [Number.POSITIVE_INFINITY]],
    ['half a step', [0.5]],
    ['no day at all', []],
    ['more days than a week', [1, 2, 3, 4, 5, 6, 7, 8]],
  ])('are refused: %s', (_, steps) => {
    expect(inKorean.advise(patient({ steps }), book)).toEqual({ failed: 'INVALID_INPUT', field: 'steps' });
  });

  it.each([[[96_001, 200_000]], [[1e12]], [[-4, 100_000]]])(
    'cost no advice on food where steps were counted wrongly: %j are not measured',
    (steps) => {
      const { dietTarget, dietEvaluation, exerciseEvaluation, exerciseTarget } = advised(patient({ steps }));
      expect([dietTarget.Breakfast.length > 4, dietEvaluation.length > 10, exerciseTarget]).toEqual([true, true, null]);
      expect(exerciseEvaluation).toMatch(/하루에 걸을 수 있는 수가 아니.*확인해 주/u);
      expect(exerciseEvaluation).not.toMatch(/\d/u);
      expect(advised(patient({ steps: [...steps, 4_000] })).exerciseTarget).toBeGreaterThan(4_000);
    },
  );

  it.each([-1, 128, 1.5, Number.NaN])('are refused: allergens %s, which may mean one the catalogue does not know', (allergens) => {
    expect(inKorean.advise(patient({ allergens }), book)).toEqual({ failed: 'INVALID_INPUT', field: 'allergens' });
  });
});
