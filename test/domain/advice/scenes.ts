import { dailyScene } from '../../../src/domain/advice/daily-scene.js';
import { dayNumber } from '../../../src/domain/advice/day-number.js';
import { DietPicker } from '../../../src/domain/advice/diet-picker.js';
import { menuViolations } from '../../../src/domain/advice/menu-violations.js';
import { PREFERENCES, type FoodFacts, type PatientInputs } from '../../../src/domain/advice/patient-inputs.js';
import type { Scene } from '../../../src/domain/advice/points/scene.js';
import { refusedFoodsOf } from '../../../src/domain/advice/refused-foods.js';
import { settledMeals } from '../../../src/domain/advice/settled-meals.js';
import { SeededRandom } from '../../support/seeded-random.js';
import { userId } from '../../../src/domain/ids.js';
import { addDays, localDate } from '../../../src/domain/local-date.js';
import { sleepPlanOf } from '../../../src/domain/programs/sleep/sleep-plan.js';
import { FODMAP_KINDS, type Ingredient } from '../../../src/domain/advice/catalogue/ingredient.js';
import { judgeRecipe } from '../../../src/domain/advice/catalogue/judged-recipe.js';
import { foodBookOf, toFoodFacts } from '../../../src/domain/advice/food-book.js';
import { book, catalogue, patient, row } from './advice-fixture.js';

const picker = new DietPicker(catalogue);
const NO_FODMAPS: Ingredient['fodmaps'] = { FRUCTAN: 'NONE', GOS: 'NONE', LACTOSE: 'NONE', FRUCTOSE: 'NONE', POLYOL: 'NONE' };

/** Beside the fixture's foods, dishes of the catalogue that IBSafe states a class of: from 2001 on. */
const stated = catalogue.dishes.map((dish, at) => row(2_001 + at, { foodName: dish.nameKo, fodmap: ['저', '중', '고'][at % 3] ?? null }));
/** And of each kind a food that holds nothing else, whatever the catalogue's figures are: from 3001 on. */
const ofOneKind = FODMAP_KINDS.map((kind, at): [number, FoodFacts] => {
  const ingredient = { ...(catalogue.ingredients[0] as Ingredient), fodmaps: { ...NO_FODMAPS, [kind]: { low: 60, high: 120 } } };
  return [
    3_001 + at,
    { ...toFoodFacts(row(3_001 + at, { foodName: '지어낸 음식' }), catalogue), loads: judgeRecipe([{ ingredient, grams: 100 }]) },
  ];
});
const foods = new Map([...book, ...foodBookOf(stated, catalogue), ...ofOneKind]);
const FOODS = [...foods.keys(), 9_999];
/** A drink that some have beside what is drawn for them. */
const SOJU = 4_001;
foods.set(SOJU, toFoodFacts(row(SOJU, { foodName: '소주', fodmap: '저' }), catalogue));

/** A scene of anybody: of what they ate, walked and slept, of every profile, with the dishes that the rules pick. The same number gives the same scene. */
export function someScene(number: number): Scene {
  const inputs = somebody(number);
  return sceneOf(number % 13 === 12 ? withDrink(inputs) : inputs, number);
}

/** Scenes of patients who ate one food only, a little or much of it: every food, in so many amounts. */
export function* scenesOfOneFood(amounts: readonly number[]): Generator<Scene> {
  for (const id of FOODS)
    for (const amount of amounts) yield sceneOf(patient({ today: [id], amounts: [amount], recent: [id] }), id + amount);
}

/** Scenes of patients who eat no noodles, so that a soup with grain is at times the only bowl. */
export function* scenesWithoutNoodles(count: number): Generator<Scene> {
  const refuses = refusedFoodsOf('면 싫어요');
  const profile = { skips: [false, false, false] as const, waterMl: null, age: null, preferences: 0, refuses };
  for (let number = 0; number < count; number += 1)
    yield sceneOf(patient({ profile, recordDate: addDays(localDate('2026-01-01'), number) }), number);
}

function sceneOf(inputs: PatientInputs, number: number): Scene {
  const { meals, shortSlots } = picker.pick(inputs, foods, { person: number, day: dayNumber(inputs.recordDate) });
  menuViolations(meals, inputs, { book: foods, catalogue });
  const shown = settledMeals(meals, inputs, catalogue);
  const menu = { meals: shown.map(({ offers }) => offers), composed: shown.map(({ composed }) => composed), shortSlots };
  return { ...dailyScene(inputs, foods, menu, catalogue), sleep: sleepPlanOf(inputs.sleep ?? [0], inputs.profile?.age ?? null) };
}

function withDrink({ today, amounts = [], mealsEaten = [], recent, ...inputs }: PatientInputs): PatientInputs {
  return { ...inputs, today: [...today, SOJU], amounts: [...amounts, 150], mealsEaten: [...mealsEaten, 2], recent: [...recent, SOJU] };
}

/** Most profiles say nothing, some what is understood, some what is not. */
const SAID = [...Array.from({ length: 6 }, () => undefined), refusedFoodsOf('메밀 알레르기'), refusedFoodsOf('알레르기가 있어요')];

const some = (count: number, from: () => number): number[] => Array.from({ length: count }, from);

function somebody(number: number): PatientInputs {
  const random = new SeededRandom();
  random.reseed(number);
  const food = (): number => FOODS[random.below(FOODS.length)] ?? 1;
  const today = some(random.below(5) === 0 ? random.below(2) : 1 + random.below(9), food);
  const pace = [200, 2_000, 5_000, 7_000, 12_000][random.below(5)] ?? 0;
  const spread = [2, 100, 1_500, 6_000][random.below(4)] ?? 1;
  const night = [180, 300, 360, 450, 560, 700][random.below(6)] ?? 0;
  const age = 16 + random.below(73);
  const goals = some(random.below(4), () => 1_000 * (1 + random.below(10)));
  return patient({
    userId: userId(number + 1),
    recordDate: addDays(localDate('2026-01-01'), random.below(60)),
    allergens: random.below(3) === 0 ? random.below(128) : 0,
    today,
    amounts: today.map(() => 20 + random.below(random.below(4) === 0 ? 700 : 150)),
    mealsEaten: today.map(() => random.below(3)),
    recent: [...today, ...some(random.below(6) === 0 ? 200 : 12, food)],
    steps: [
      ...(random.below(12) === 0 ? some(4, () => 0) : some(1 + random.below(7), () => pace + random.below(spread))).slice(0, 6),
      ...(number % 11 === 10 ? [150_000] : []),
    ].slice(number % 23 === 22 && number % 11 === 10 ? -1 : 0),
    earlierGoals: goals.map((goal, at) => ({ daysAgo: at + 1, goal })),
    sleep: some(1 + random.below(7), () => (random.below(4) === 0 ? 620 : night) + random.below(60)),
    lowDays: random.below(90),
    profile: {
      skips: [random.below(3) === 0, random.below(3) === 0, random.below(3) === 0],
      waterMl: 500 * random.below(9),
      age: number % 17 === 16 ? number % 4 : age,
      preferences: random.below(5) === 0 ? 1 << random.below(PREFERENCES.length) : 0,
      refuses: number % 31 === 30 ? refusedFoodsOf('고혈압이 있어요') : SAID[random.below(SAID.length)],
      mustNotRestrict: number % 9 === 8,
      treatedDiets:
        number % 29 === 28 ? 64 : number % 37 === 36 ? 128 : number % 7 === 6 ? ([1, 2, 4, 6, 8, 24, 32, 40][number % 8] ?? 0) : 0,
    },
  });
}
