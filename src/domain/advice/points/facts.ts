import type { EatenFood } from '../eaten-food.js';
import { DAY_FACTS, missedMealsOf } from './day-facts.js';
import { EATEN_FACTS, ROLE_IS } from './eaten-facts.js';
import { NOT_ASKED, type Fact, figure, flag, word, writtenFigure } from './fact.js';
import { BOWL_SOUP, BROTH, MEAT, NOODLES, bitsOfDishes, setDishesOf } from './dish-menu.js';
import { PERSON_FACTS, hasUnread, hasTreatedDiet, mustNotRestrict, needsCare } from './person-facts.js';
import type { OfferedDish, Scene } from './scene.js';
import { STEP_FACTS, hasUnmeasuredSteps } from './step-facts.js';
import { isToldBeside } from '../catalogue/offer-label.js';
import { FOOD_CATEGORIES, MEALS } from '../catalogue/dish.js';
import { DISH_ROLES, isBowlSoup, isProteinDish, isVegetableDish, roleOf } from '../catalogue/dish-kinds.js';
import { FIBRE_SOURCE_GRAMS } from '../day-figures.js';
import { hasNoMenu, isToddler } from '../foods-of-age.js';
import { ANTICOAGULANT, DIABETES, DISORDER, LESS_FAT, LESS_SALT, NO_FRUIT, NO_STEPS } from '../treated-diets.js';
import { bitCount } from '../bit-count.js';
import { LACTOSE_INTOLERANCE_BIT } from '../restrictions.js';
import { GOAL_REASONS, STEP_LEVELS } from '../step-goal.js';
import { STEP_REGULARITIES } from '../step-plan.js';
import { SLEEP_DIRECTIONS, SLEEP_LENGTHS } from '../../programs/sleep/sleep-plan.js';

/** The night before the record date, the nights of the week, and the next goal. */
const SLEEP_FACTS: readonly Fact[] = [
  writtenFigure(
    figure('sleep.minutes', 'PATIENT', 'minutes slept in the night that ended on the record date', ({ sleep }) => sleep?.minutes),
    duration,
  ),
  writtenFigure(
    figure('sleep.mean', 'PATIENT', 'mean minutes of the recorded nights of seven days, rounded', ({ sleep }) => sleep?.mean),
    duration,
  ),
  writtenFigure(
    figure('sleep.nights', 'PATIENT', 'recorded nights of the last seven days that can be, 0 to 7', ({ sleep }) => sleep?.nights),
  ),
  writtenFigure(
    figure('sleep.goal', 'PATIENT', 'the next goal in minutes', ({ sleep }) => sleep && sleep.goal * 60),
    duration,
  ),
  word('sleep.length', 'PATIENT', { is: 'up to 4, 6, 8, 10 hours, or more', words: SLEEP_LENGTHS }, ({ sleep }) => sleep?.length),
  word(
    'sleep.direction',
    'PATIENT',
    { is: 'which way what is aimed at lies from the mean', words: SLEEP_DIRECTIONS },
    ({ sleep }) => sleep?.direction,
  ),
  flag(
    'sleep.isOfChild',
    'PATIENT',
    'the patient is younger than 19 by the birthday: what is aimed at is that of their age',
    ({ sleep }) => (sleep === null ? undefined : sleep.ofChild !== null),
  ),
  writtenFigure(
    figure('sleep.least', 'PATIENT', 'least minutes that a child of this age is to sleep', ({ sleep }) => sleep?.ofChild?.least),
    duration,
  ),
  writtenFigure(
    figure('sleep.most', 'PATIENT', 'most minutes that a child of this age is to sleep', ({ sleep }) => sleep?.ofChild?.most),
    duration,
  ),
];

/** Minutes as people say them. In Korean it always ends in 간 or 분, which take the same particles. */
function duration(value: number, language: 'ko' | 'en'): string {
  const minutes = Math.round(value);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const parts: string[] = [];
  if (language === 'ko') {
    if (hours > 0) parts.push(`${hours}시간`);
    if (rest > 0 || hours === 0) parts.push(`${rest}분`);
  } else {
    if (hours > 0) parts.push(`${hours} ${hours === 1 ? 'hour' : 'hours'}`);
    if (rest > 0 || hours === 0) parts.push(`${rest} ${rest === 1 ? 'minute' : 'minutes'}`);
  }
  return parts.join(' ');
}

const UNKNOWN = Number.NaN;

/**
 * All facts about the patient at once, by their place: compiled by hand from `DAY_FACTS`, `STEP_FACTS`, `SLEEP_FACTS` and `PERSON_FACTS`, whose meanings it has and whose order it keeps (a test compares
 * each with its fact). Fifty functions, each asked of every patient, cost several times as much, and so does a list that grows.
 */
export function patientValues(scene: Scene): number[] {
  const { day, steps, sleep, inputs, dishes, shortages, leastMeal, isLacking, turn } = scene;
  const { fibreGrams, solubleGrams, meals } = day;
  const { allergens, profile } = inputs;
  const refuses = profile?.refuses;
  const bits = bitsOfDishes(scene);
  const leftOut = bits & (BROTH - 1);
  // prettier-ignore
  return [
    day.foods, day.low, day.moderate, day.high, day.unknown, fibreGrams, solubleGrams, flagOf(!Number.isNaN(fibreGrams)),
    fibreGrams > 0 ? (solubleGrams * 100) / fibreGrams : UNKNOWN, day.fibreSources, day.fibreRich, day.ownAllergens, day.ownAllergens, day.allergenFoods, day.unsureFoods, day.unsureFoods, day.leftOut, day.harmful, day.harmful, day.unsuited, day.unsuited, day.hot,
    meals[0], meals[1], meals[2], day.lightMeals, missedMealsOf(scene), day.alcohol, flagOf(day.isRecentKnown),
    steps?.days ?? UNKNOWN, steps?.mean ?? UNKNOWN, steps?.recentDays ?? UNKNOWN, steps?.recentMean ?? UNKNOWN, steps?.goal ?? UNKNOWN, steps?.leftOut ?? UNKNOWN, steps?.unbelieved ?? UNKNOWN, flagOf(hasUnmeasuredSteps(scene)),
    wordOf(STEP_LEVELS, steps?.level), wordOf(STEP_REGULARITIES, steps?.regularity), wordOf(GOAL_REASONS, steps?.reason),
    sleep?.minutes ?? UNKNOWN, sleep?.mean ?? UNKNOWN, sleep?.nights ?? UNKNOWN, (sleep?.goal ?? UNKNOWN) * 60,
    wordOf(SLEEP_LENGTHS, sleep?.length), wordOf(SLEEP_DIRECTIONS, sleep?.direction), flagOf(sleep === null ? undefined : sleep.ofChild !== null), sleep?.ofChild?.least ?? UNKNOWN, sleep?.ofChild?.most ?? UNKNOWN,
    bitCount(allergens), flagOf((allergens & LACTOSE_INTOLERANCE_BIT) !== 0), flagOf(hasUnread(scene)), flagOf((refuses?.avoided.length ?? 0) > 0), flagOf(profile?.skips[0]), flagOf(profile?.skips[1]), flagOf(profile?.skips[2]),
    profile?.waterMl ?? UNKNOWN, flagOf(typeof profile?.waterMl === 'number'), profile?.age ?? UNKNOWN, flagOf(needsCare(scene)), flagOf(mustNotRestrict(scene)), flagOf(hasNoMenu(profile)), flagOf(hasTreatedDiet(scene, DIABETES)), flagOf(hasTreatedDiet(scene, ANTICOAGULANT)), flagOf(hasTreatedDiet(scene, LESS_SALT)), flagOf(hasTreatedDiet(scene, LESS_FAT)), flagOf(hasTreatedDiet(scene, NO_FRUIT)), flagOf(isToddler(profile)), flagOf(hasTreatedDiet(scene, DISORDER)), flagOf(hasTreatedDiet(scene, NO_STEPS)), inputs.lowDays ?? UNKNOWN,
    dishes.length, setDishesOf(scene), shortages, leastMeal, flagOf(isLacking), flagOf(leftOut !== 0), leftOut, flagOf((bits & BROTH) !== 0), flagOf((bits & NOODLES) !== 0), flagOf((bits & BOWL_SOUP) !== 0), flagOf((bits & MEAT) !== 0), turn % 7, turn % 3,
  ];
}

function flagOf(known: boolean | undefined): number {
  return known === undefined ? UNKNOWN : known ? 1 : 0;
}

function wordOf(words: readonly string[], found: string | null | undefined): number {
  return found === null || found === undefined ? UNKNOWN : words.indexOf(found);
}

/** One dish of the advice: the argument `dish`. Figures are those of a serving as offered. */
const DISH_FACTS: readonly Fact[] = [
  word('dish.category', 'DISH', { is: 'its category', words: FOOD_CATEGORIES }, ({ dish }) => dish?.dish.category),
  word('dish.role', 'DISH', { is: ROLE_IS, words: DISH_ROLES }, ({ dish }) => (dish === null ? undefined : roleOf(dish.dish))),
  word('dish.meal', 'DISH', { is: 'the meal at which it is offered', words: MEALS }, ({ dish }) => dish?.meal),
  flag('dish.isComposed', 'DISH', 'it belongs to the composed meal, not to the alternatives', ({ dish }) => dish?.isComposed),
  flag('dish.isProtein', 'DISH', 'a serving holds at least 40 g of meat, fish, egg or soy food', ({ dish }) =>
    dish === null ? undefined : isProteinDish(dish.offer),
  ),
  flag('dish.isVegetable', 'DISH', 'a serving holds at least 50 g of vegetables, mushrooms or seaweed', ({ dish }) =>
    dish === null ? undefined : isVegetableDish(dish.offer),
  ),
  flag('dish.isHot', 'DISH', 'hot by chilli', ({ dish }) => dish?.offer.judged.hot),
  flag('dish.isChanged', 'DISH', 'changes of the usual recipe are written beside its name', ({ dish }) =>
    dish === null ? undefined : dish.offer.changes.some(isToldBeside),
  ),
  flag('dish.isRiceCake', 'DISH', 'its recipe holds rice cake', ({ dish }) =>
    dish === null ? undefined : dish.dish.recipe.some(({ ingredient }) => ingredient.id === RICE_CAKE),
  ),
  flag('dish.isBowl', 'DISH', 'it is a soup with at least 100 g of grain, eaten in place of rice', ({ dish }) =>
    dish === null ? undefined : isBowlSoup(dish.dish),
  ),
  flag('dish.isFibreSource', 'DISH', 'at least 3 g of fibre in 100 g', ({ dish }) => densityAtLeast(dish, FIBRE_SOURCE_GRAMS)),
  flag('dish.isSoluble', 'DISH', 'at least a third of its fibre is soluble', ({ dish }) => isSoluble(dish)),
  writtenFigure(figure('dish.serving', 'DISH', 'grams of a serving', ({ dish }) => dish?.dish.servingGrams)),
  writtenFigure(figure('dish.fibre', 'DISH', 'grams of fibre in a serving', ({ dish }) => dish?.offer.judged.fibreGrams)),
  figure(
    'dish.fat',
    'DISH',
    'grams of fat in a serving; unknown where ingredients of more than 5 % of it have no figure',
    ({ dish }) => dish?.offer.judged.fatGrams,
  ),
  writtenFigure(figure('dish.energy', 'DISH', 'kcal of a serving', ({ dish }) => dish?.offer.judged.energyKcal)),
];

/** The id of the ingredient on which older people choke most. */
const RICE_CAKE = 'rice-cake';

function densityAtLeast(dish: OfferedDish | null, least: number): boolean | undefined {
  const judged = dish?.offer.judged;
  return judged?.fibreGrams === null || judged === undefined ? undefined : (judged.fibreGrams * 100) / judged.grams >= least;
}

function isSoluble(dish: OfferedDish | null): boolean | undefined {
  const { solubleGrams = null, fibreGrams = null } = dish?.offer.judged ?? {};
  return solubleGrams === null || fibreGrams === null ? undefined : fibreGrams > 0 && solubleGrams * 3 >= fibreGrams;
}

const SCOPES = [[DAY_FACTS, STEP_FACTS, SLEEP_FACTS, PERSON_FACTS].flat(), EATEN_FACTS, DISH_FACTS];

/** Everything that conditions and wordings may speak of, by name. */
export const FACTS: ReadonlyMap<string, Fact> = new Map(SCOPES.flatMap(placed).map((fact) => [fact.name, fact]));

const [OF_EATEN, OF_DISH] = [unasked(EATEN_FACTS), unasked(DISH_FACTS)];

/** The facts about the patient by their place: all of them, or those that were asked for before. */
export function valuesOfPatient(scene: Scene): number[] {
  return (scene.values ??= patientValues(scene));
}

/** The facts about the patient by their place, all of them. */
export function allValuesOfPatient(scene: Scene): readonly number[] {
  const values = valuesOfPatient(scene);
  return values.includes(NOT_ASKED) ? patientValues(scene) : values;
}

/** The facts about a food by their place, as far as they were asked for. */
export function valuesOfEaten(eaten: EatenFood): number[] {
  return (eaten.values ??= OF_EATEN.slice());
}

/** The facts about a dish by their place, as far as they were asked for. */
export function valuesOfDish(dish: OfferedDish): number[] {
  return (dish.values ??= OF_DISH.slice());
}

/** Not a typed array: one of this size would lie outside the heap and cost more than all of its facts. */
function placed(facts: readonly Fact[]): Fact[] {
  const blank = unasked(facts);
  return facts.map((fact, place) => ({ ...fact, place, blank }));
}

function unasked(facts: readonly Fact[]): number[] {
  return facts.map(() => NOT_ASKED);
}
