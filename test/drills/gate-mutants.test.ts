/** @jest-environment node */
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { evalSet } from '../../eval/patients.js';
import { savedRow } from '../../eval/saved-row.js';
import * as composed from '../../src/domain/advice/composed-meal.js';
import * as judged from '../../src/domain/advice/catalogue/judged-recipe.js';
import * as labels from '../../src/domain/advice/catalogue/offer-label.js';
import * as leftOut from '../../src/domain/advice/left-out.js';
import * as menu from '../../src/domain/advice/menu-violations.js';
import * as truth from '../../src/domain/advice/points/truth.js';
import * as words from '../../src/domain/advice/points/vocabulary.js';
import * as quotable from '../../src/domain/advice/quotable-name.js';
import * as settled from '../../src/domain/advice/settled-meals.js';
import * as stepGoals from '../../src/domain/advice/step-goal.js';
import type { MenuViolation } from '../../src/domain/advice/violation-codes.js';
import { loadCatalogue } from '../../src/generators/catalogue/catalogue-file.js';
import { hostileProposals } from '../../eval/hostile-proposals.js';
import { oracleOf } from '../support/safety-oracle.js';

/** A module of the domain with a check left out: its path under src/domain/advice and what stands there instead. */
type Mutant = readonly [file: string, module: object];

const without = (code: MenuViolation): Mutant => [
  'menu-violations.js',
  {
    ...menu,
    menuViolations: (...given: Parameters<typeof menu.menuViolations>) => menu.menuViolations(...given).filter((each) => each !== code),
  },
];

class Unforced extends words.Vocabulary {
  override isAlwaysSaid(): boolean {
    return false;
  }
}

const forgetful = (bit: number): Mutant => [
  'catalogue/judged-recipe.js',
  { ...judged, judgeRecipe: (...given: Parameters<typeof judged.judgeRecipe>) => ({ ...judged.judgeRecipe(...given), restrictions: judged.judgeRecipe(...given).restrictions & ~bit }) }, // prettier-ignore
];

/** Every check between a proposal and a row, left out alone, and what the oracle calls that. */
const MUTANTS: Readonly<Record<string, { readonly mutant: Mutant; readonly found: RegExp }>> = {
  'dishes that are none': { mutant: without('NOT_IN_CATALOGUE'), found: /^UNKNOWN_DISH/u },
  'restrictions of the patient': { mutant: without('ALLERGEN'), found: /^HOLDS_AVOIDED/u },
  'what the profile says is not eaten': { mutant: without('NOT_WANTED'), found: /^NOT_WANTED/u },
  'what was eaten lately': { mutant: without('EATEN_RECENTLY'), found: /^EATEN_LATELY/u },
  'dishes that stand there twice': { mutant: without('REPEATED_FOOD'), found: /^REPEATED_DISH/u },
  'dishes of another meal': { mutant: without('WRONG_MEAL'), found: /^WRONG_MEAL/u },
  'the plan of a day': { mutant: without('OUT_OF_PLAN'), found: /^OUT_OF_PLAN/u },
  // A meal with too many dishes takes the last vegetables from another, which then could have none: the oracle names what comes of it.
  'how many dishes a model gives': {
    mutant: without('WRONG_COUNT'),
    found: /^(?:OUT_OF_PLAN|TOO_FEW_DISHES|NO_VEGETABLE|ONLY_STAPLES)/u,
  },
  'staples alone': { mutant: without('ONLY_STAPLES'), found: /^ONLY_STAPLES/u },
  'protein at lunch and dinner': { mutant: without('NO_PROTEIN_DISH'), found: /^NO_PROTEIN (LUNCH|DINNER)/u },
  'vegetables at lunch and dinner': { mutant: without('NO_VEGETABLE_DISH'), found: /^NO_VEGETABLE/u },
  'whether a point is true': { mutant: ['points/truth.js', { ...truth, isTrue: (...[chosen, scene, { points }]: Parameters<typeof truth.isTrue>) => points[chosen.point] !== undefined && truth.setArguments(points[chosen.point] as never, chosen, scene) }], found: /^FALSE_CLAIM/u }, // prettier-ignore
  'whether a food is left out for the patient': { mutant: ['left-out.js', { ...leftOut, isLeftOut: () => false }], found: /^FALSE_CLAIM/u },
  'why a food is left out for the patient': {
    mutant: ['left-out.js', { ...leftOut, leftOutBy: () => leftOut.NOTHING_LEFT_OUT }],
    found: /^(?:NOT_SAID LEFT_OUT|FALSE_CLAIM)/u,
  },
  'what must be said': { mutant: ['points/vocabulary.js', { ...words, Vocabulary: Unforced }], found: /^NOT_SAID/u },
  'names that are no names': { mutant: ['quotable-name.js', { ...quotable, quotableName: (name: string) => name }], found: /^(?:FALSE_CLAIM|NO_TEMPLATE)/u }, // prettier-ignore
  'stacking over a meal': { mutant: ['composed-meal.js', { ...composed, composedMeal: (offers: readonly number[]) => ({ offers, composed: offers.length }) }], found: /^FALSE_CLAIM/u }, // prettier-ignore
  'stacking once a dish is swapped': { mutant: ['settled-meals.js', { ...settled, settledMeals: (meals: readonly (readonly number[])[], _: unknown, catalogue: never) => meals.map((meal) => composed.composedMeal(meal, catalogue)) }], found: /^STACKS_IF_SWAPPED/u }, // prettier-ignore
  'what is left out of all dishes': {
    mutant: ['catalogue/offer-label.js', { ...labels, leftOutBits: () => 0 }],
    found: /^CHANGE_NOT_TOLD/u,
  },
  'changes beside a name': { mutant: ['catalogue/offer-label.js', { ...labels, labelKo: ({ nameKo, servingKo }: { nameKo: string; servingKo: string }) => `${nameKo} ${servingKo}` }], found: /^UNKNOWN_DISH/u }, // prettier-ignore
  'the cap on a step goal': {
    mutant: ['step-goal.js', { ...stepGoals, stepGoal: () => ({ goal: 8_000, reason: 'PLAIN' }) }],
    found: /^STEP_GOAL/u,
  },
  'soy in recipes': { mutant: forgetful(32), found: /^HOLDS_AVOIDED SOY/u },
  'seafood in recipes': { mutant: forgetful(8), found: /^HOLDS_AVOIDED SEAFOOD/u },
};

const SRC = '../../src';
const set = evalSet(loadCatalogue(), { count: 240, seed: 3 });

beforeEach(() => void jest.resetModules());

/** What the oracle finds in what a gate lets through of so many proposals, until it is enough. */
async function foundWith(mutants: readonly Mutant[], most: number, isEnough: (finding: string) => boolean): Promise<string[]> {
  for (const [file, module] of mutants) jest.unstable_mockModule(`${SRC}/domain/advice/${file}`, () => module);
  const { createSafetyGate } = await import('../../src/domain/advice/safety-gate.js');
  const { foodBookOf } = await import('../../src/domain/advice/food-book.js');
  const { dailyRow } = await import('../../src/domain/programs/daily/daily-row.js');
  const { ruleProvenance } = await import('../../src/domain/programs/provenance.js');
  const { DAILY } = await import('../../src/domain/programs/daily/program.js');
  const catalogue = (await import('../../src/generators/catalogue/catalogue-file.js')).loadCatalogue();
  const vocabulary = (await import('../../src/generators/points/points-file.js')).loadPoints();
  for (const [file] of mutants) jest.unstable_unmockModule(`${SRC}/domain/advice/${file}`);
  const rows = [...set.foods.values()].map(({ id, code, name, fodmap, basis, fibre }) => ({ id, foodCode: code, foodName: name, fodmap, fodmapBasis: basis, fibreGrams: fibre })); // prettier-ignore
  const book = foodBookOf(rows, catalogue);
  const gate = createSafetyGate(catalogue, { vocabulary, language: 'ko' });
  const found: string[] = [];
  let [through, tried] = [0, 0];
  for (const { patient, meals, points, dishes } of hostileProposals(set, { catalogue, vocabulary, seed: 11 })) {
    if ((tried += 1) > most) break;
    const advice = gate.pass({ meals, points: () => points }, patient.inputs, dishes === undefined ? { book } : { book, dishes });
    if ('violations' in advice) continue;
    through += 1;
    const made = {
      ...ruleProvenance('rules', advice.record),
      ...(dishes === undefined ? {} : { model: 'local' }),
    };
    const row = dailyRow(advice, patient.inputs, { book, program: DAILY, provenance: made });
    // Protein at breakfast is what the rules choose for themselves; these dishes were chosen by a stranger, and the gate asks for it at lunch and dinner.
    const findings = oracleOf('ko')
      .judge(savedRow(row), patient.records, set.foods)
      .findings.filter((each) => each !== 'NO_PROTEIN BREAKFAST');
    found.push(...findings);
    if (findings.some(isEnough)) break;
  }
  expect(through).toBeGreaterThan(0);
  return found;
}

describe('The gate before hostile proposals', () => {
  it('lets nothing through that the oracle finds fault with', async () => {
    expect(await foundWith([], 3_000, () => true)).toEqual([]);
  });

  it.each(Object.entries(MUTANTS))('is found out when it does not look at %s', async (_, { mutant, found }) => {
    expect(await foundWith([mutant], 3_000, (finding) => found.test(finding))).toContainEqual(expect.stringMatching(found));
  });

  it('is found out when it lets dishes pass that are not low, and the catalogue offers them', async () => {
    const lenient: Mutant = ['catalogue/judged-recipe.js', { ...judged, fodmapClassAt: () => 'LOW', judgeRecipe: (...given: Parameters<typeof judged.judgeRecipe>) => ({ ...judged.judgeRecipe(...given), fodmap: 'LOW' }) }]; // prettier-ignore
    expect(await foundWith([lenient], 3_000, (finding) => finding.startsWith('NOT_LOW'))).toContainEqual(
      expect.stringMatching(/^NOT_LOW/u),
    );
  });
});
