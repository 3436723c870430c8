import { describe, expect, it } from '@jest/globals';
import type { Generated, Generator } from '../../../src/application/ports.js';
import { Catalogue } from '../../../src/domain/advice/catalogue/catalogue.js';
import type { Ingredient } from '../../../src/domain/advice/catalogue/ingredient.js';
import type { PatientInputs } from '../../../src/domain/advice/patient-inputs.js';
import { Vocabulary } from '../../../src/domain/advice/points/vocabulary.js';
import { lackingFor, reviewOf, signedCatalogue, signedVocabulary } from '../../../src/domain/advice/review.js';
import { DAILY } from '../../../src/domain/programs/daily/program.js';
import { SLEEP } from '../../../src/domain/programs/sleep/program.js';
import { loadCatalogue } from '../../../src/generators/catalogue/catalogue-file.js';
import { loadPoints } from '../../../src/generators/points/points-file.js';
import { SignedGenerator } from '../../../src/generators/signed-generator.js';

const catalogue = loadCatalogue();
const vocabulary = loadPoints();
const SIGNED = { reviewedBy: 'A Dietitian', reviewedOn: '2026-12-01' };

/** The project's catalogue with those dishes and ingredients signed. */
function signing(dish: (code: string) => boolean, ingredient: (id: string) => boolean): Catalogue {
  const ingredients = new Map<string, Ingredient>(
    catalogue.ingredients.map((each) => [each.id, ingredient(each.id) ? { ...each, ...SIGNED } : each]),
  );
  const now = (each: Ingredient): Ingredient => ingredients.get(each.id) ?? each;
  const dishes = catalogue.dishes.map((each) => ({
    ...each,
    ...(dish(each.code) && SIGNED),
    recipe: each.recipe.map((part) => ({ ...part, ingredient: now(part.ingredient) })),
    variants: each.variants.map((changes) =>
      changes.map((change) =>
        change.change === 'INSTEAD'
          ? { ...change, ingredient: now(change.ingredient), by: now(change.by) }
          : { ...change, ingredient: now(change.ingredient) },
      ),
    ),
  }));
  return new Catalogue(dishes, [...ingredients.values()]);
}
const signedPoints = (fits: (id: string) => boolean): Vocabulary =>
  new Vocabulary(
    vocabulary.points.map((point) => (fits(point.id) ? { ...point, ...SIGNED } : point)),
    vocabulary.version,
  );
const everything = (): boolean => true;
const nothing = (): boolean => false;

describe('what is signed', () => {
  it('is nothing today, in any of the project’s files', () => {
    const { points, wordings, dishes, ingredients } = reviewOf(catalogue, vocabulary);
    expect([points.signed, wordings.signed, dishes.signed, ingredients.signed]).toEqual([0, 0, 0, 0]);
    expect(points.all).toBeGreaterThanOrEqual(60);
    expect(wordings.all).toBeGreaterThanOrEqual(4 * points.all);
  });

  it('counts a row that names a person without a day for unsigned, and the reverse', () => {
    const [point] = vocabulary.points;
    for (const half of [{ reviewedBy: 'A' }, { reviewedOn: '2026-12-01' }]) {
      const one = new Vocabulary(point === undefined ? [] : [{ ...point, ...half }], 'v');
      expect(reviewOf(catalogue, one).points.signed).toBe(0);
      expect(signedVocabulary(one, 'ko').points).toEqual([]);
    }
  });

  it('makes no dish of an ingredient that nobody signed, whoever signed the dish', () => {
    const [garlic, all] = [signing(everything, (id) => id !== 'garlic'), signing(everything, everything)];
    const kept = signedCatalogue(garlic);
    const withGarlic = all.dishes.filter(({ recipe }) => recipe.some(({ ingredient }) => ingredient.id === 'garlic'));
    expect(withGarlic.length).toBeGreaterThan(10);
    expect(kept.dishes.length).toBe(all.dishes.length - withGarlic.length);
    expect(kept.ingredientOfName('마늘')).toBeUndefined();
    expect(signedCatalogue(all).offers.length).toBe(all.offers.length);
    expect(signedCatalogue(signing(everything, nothing)).dishes).toEqual([]);
    expect(signedCatalogue(signing(nothing, everything)).dishes).toEqual([]);
  });

  it('leaves away a way to offer a dish that brings in what nobody signed', () => {
    const all = signing(everything, everything);
    const brought = all.dishes.flatMap(({ variants }) => variants.flat()).find((change) => change.change === 'INSTEAD');
    const id = brought?.change === 'INSTEAD' ? brought.by.id : '';
    const kept = signedCatalogue(signing(everything, (each) => each !== id));
    const brings = kept.dishes
      .flatMap(({ variants }) => variants.flat())
      .flatMap((change) => (change.change === 'INSTEAD' ? change.by.id : []));
    expect(brings.length).toBeGreaterThan(0);
    expect(brings.filter((each) => each === id)).toEqual([]);
  });
});

describe('what a program lacks', () => {
  it('is a sentence for each text and a dish for each meal where nothing is signed, and nothing where all is', () => {
    const none = new Vocabulary([], 'v');
    expect(lackingFor('daily', signedCatalogue(catalogue), none)).toEqual(['DIET_EVALUATION', 'SUMMARY', 'EXERCISE_EVALUATION', 'BREAKFAST', 'LUNCH', 'DINNER']); // prettier-ignore
    expect(lackingFor('sleep', signedCatalogue(catalogue), none)).toEqual(['SLEEP_EVALUATION']);
    for (const program of ['daily', 'sleep'] as const) expect(lackingFor(program, catalogue, vocabulary)).toEqual([]);
    const noSleep = signedVocabulary(signedPoints((id) => vocabulary.points.find((point) => point.id === id)?.field !== 'SLEEP_EVALUATION'), 'ko'); // prettier-ignore
    expect(lackingFor('daily', catalogue, noSleep)).toEqual([]);
    expect(lackingFor('sleep', catalogue, noSleep)).toEqual(['SLEEP_EVALUATION']);
  });
});

const ask = (inner: Generator, refused: readonly ('daily' | 'sleep')[] = [], program = DAILY): Generated =>
  new SignedGenerator(inner, new Map(refused.map((name) => [name, 'why']))).generate(
    {} as PatientInputs,
    program,
    new AbortController().signal,
    'run',
  ) as Generated;

describe('a generator of signed words alone', () => {
  const texts = {
    dietEvaluation: 'a',
    exerciseEvaluation: 'b',
    sleepEvaluation: null,
    dietTarget: { Breakfast: [], Lunch: [], Dinner: [], Summary: 'c' },
  };
  const makes = (row: object): Generator => ({
    name: 'RULES',
    concurrency: 1,
    generate: () => ({ status: 'generated', row: { ...texts, ...row }, attempts: 1, durationMs: 0 }) as unknown as Generated,
  });

  it('serves nobody of a program that lacks something, and says why', () => {
    const generator = new SignedGenerator(makes({}), new Map([['daily', 'why']]));
    expect(generator.standing(DAILY)).toEqual({ status: 'AWAY', reason: 'why' });
    expect(generator.standing(SLEEP)).toEqual({ status: 'SERVES' });
    expect(ask(makes({}), ['daily'])).toEqual({ status: 'unavailable', reason: 'why' });
  });
});
