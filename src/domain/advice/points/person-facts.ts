import { bitCount } from '../bit-count.js';
import { LACTOSE_INTOLERANCE_BIT } from '../restrictions.js';
import { figure, flag, writtenFigure, type Fact } from './fact.js';
import { leftOutWords } from './left-out-words.js';
import type { Scene, DishMenu, OfferedDish } from './scene.js';
import type { Catalogue } from '../catalogue/catalogue.js';
import { MEALS } from '../catalogue/dish.js';
import { hasBroth } from '../catalogue/dish-kinds.js';
import { refusedOffers } from '../catalogue/refused-offers.js';
import { hasNoMenu, isToddler } from '../foods-of-age.js';
import { ANTICOAGULANT, DIABETES, DISORDER, LESS_FAT, LESS_SALT, NO_FRUIT, NO_STEPS } from '../treated-diets.js';

const NUMBERS_A_PLACE = MEALS.length * 2;

/** The number of an offer at a meal (places in `Catalogue.offers` and `MEALS`). */
export function dishNumber(place: number, meal: number, isComposed: boolean): number {
  return (place * MEALS.length + meal) * 2 + (isComposed ? 1 : 0);
}

/** The place in `Catalogue.offers` of a dish's number. */
export function placeOfNumber(number: number): number {
  return Math.floor(number / NUMBERS_A_PLACE);
}

/** Whether a dish's number says that it belongs to the composed meal. */
export function isOfComposed(number: number): boolean {
  return number % 2 === 1;
}

/** A cache: a catalogue has one menu. */
const made = new WeakMap<Catalogue, DishMenu>();

/** The menu of a catalogue, made when first asked for. */
export function dishMenu(catalogue: Catalogue): DishMenu {
  let menu = made.get(catalogue);
  if (menu === undefined) made.set(catalogue, (menu = menuOf(catalogue)));
  return menu;
}

function menuOf(catalogue: Catalogue): DishMenu {
  const { offers, dishes } = catalogue;
  const all = offers.flatMap((offer, place) => {
    const dish = dishes[offer.dish];
    if (dish === undefined) throw new TypeError(`offer ${place} of the catalogue is of a dish that it does not hold`);
    return MEALS.flatMap((meal) =>
      [false, true].map((isComposed): OfferedDish => ({ place, offer, dish, meal, isComposed, values: undefined })),
    );
  });
  return {
    dishes: all,
    leftOut: Uint8Array.from(offers, ({ leftOut, dish, changes }) => leftOut | (hasBroth(dishes[dish], changes) ? BROTH : 0)),
    isUnread: (said) => refusedOffers(catalogue, said).isUnread,
  };
}

/** The patient's profile, history and the advice as a whole. */
export const PERSON_FACTS: readonly Fact[] = [
  figure('person.restrictions', 'PATIENT', 'allergies and intolerance of the profile, 0 to 7', ({ inputs }) => bitCount(inputs.allergens)),
  flag('person.isIntolerant', 'PATIENT', 'does not tolerate lactose', ({ inputs }) => (inputs.allergens & LACTOSE_INTOLERANCE_BIT) !== 0),
  flag(
    'person.hasUnread',
    'PATIENT',
    'the text about food in the profile names something that must be avoided and that is not understood',
    hasUnread,
  ),
  flag(
    'person.hasAvoided',
    'PATIENT',
    'the text about food in the profile names something that must be avoided and that no flag stands for',
    ({ inputs: { profile } }) => (profile?.refuses?.avoided.length ?? 0) > 0,
  ),
  flag('person.skipsBreakfast', 'PATIENT', 'the profile says that breakfast is not eaten', ({ inputs }) => inputs.profile?.skips[0]),
  flag('person.skipsLunch', 'PATIENT', 'the profile says that lunch is not eaten', ({ inputs }) => inputs.profile?.skips[1]),
  flag('person.skipsDinner', 'PATIENT', 'the profile says that dinner is not eaten', ({ inputs }) => inputs.profile?.skips[2]),
  writtenFigure(figure('person.water', 'PATIENT', 'water a day as the profile says, in ml', ({ inputs }) => inputs.profile?.waterMl)),
  flag('person.isWaterKnown', 'PATIENT', 'person.water is known', ({ inputs }) => typeof inputs.profile?.waterMl === 'number'),
  figure('person.age', 'PATIENT', 'whole years on the record date', ({ inputs }) => inputs.profile?.age),
  flag(
    'person.needsCare',
    'PATIENT',
    'younger than 19, or the text about food in the profile speaks of pregnancy, childbirth, breastfeeding, diabetes, a disease of kidneys, heart or liver, celiac or inflammatory bowel disease, cancer, gout, stones or a disease of the pancreas, a stroke, an operation on the stomach, a transplant, drugs against clots, the immune system, appetite or monoamine oxidase, trouble with swallowing or chewing, an eating disorder, lost weight or a low one, or height and weight tell of a low one (person.mustNotRestrict)',
    needsCare,
  ),
  flag(
    'person.mustNotRestrict',
    'PATIENT',
    'low weight by the profile (height and weight of a patient of 19 or more, or of an unknown age: BMI below 18.5, WHO), or its text about food speaks of an eating disorder, lost weight or a low one (BMI below 19), cancer under treatment or a stomach that was taken away: no word on eating less or walking more is said',
    mustNotRestrict,
  ),
  flag(
    'person.hasOwnDiet',
    'PATIENT',
    'the text about food in the profile speaks of a state in which the diet is set for each patient (kidneys, heart failure, cirrhosis, an operation on the stomach, a bowel that is short, narrow or opened, food by tube, trouble with swallowing, a disease of metabolism from birth on, an acute pancreas, iodine left out) or of a disorder of eating, or the patient is younger than four: no dish is offered and no food is judged',
    ({ inputs }) => hasNoMenu(inputs.profile),
  ),
  flag('person.hasDiabetes', 'PATIENT', 'it speaks of diabetes', (scene) => hasTreatedDiet(scene, DIABETES)),
  flag('person.takesAnticoagulant', 'PATIENT', 'it speaks of drugs against blood clots', (scene) => hasTreatedDiet(scene, ANTICOAGULANT)),
  flag('person.eatsLessSalt', 'PATIENT', 'it speaks of a high blood pressure, a disease of the heart or a diet with little salt', (scene) =>
    hasTreatedDiet(scene, LESS_SALT),
  ),
  flag('person.eatsLessFat', 'PATIENT', 'it speaks of fats of the blood that are high, a fatty liver, reflux or a sore stomach', (scene) =>
    hasTreatedDiet(scene, LESS_FAT),
  ),
  flag(
    'person.eatsNoFruit',
    'PATIENT',
    'it speaks of fructose that is not taken up, or of an allergy of the mouth to what is raw',
    (scene) => hasTreatedDiet(scene, NO_FRUIT),
  ),
  flag('person.isToddler', 'PATIENT', 'younger than four by the birthday of the profile', ({ inputs }) => isToddler(inputs.profile)),
  flag(
    'person.hasEatingDisorder',
    'PATIENT',
    'it speaks of a disorder of eating, of earlier years too: no dish is offered, no food is judged, and nothing is counted in steps',
    (scene) => hasTreatedDiet(scene, DISORDER),
  ),
  flag('person.walksNot', 'PATIENT', 'it says that the patient does not walk, or hardly: nothing is counted in steps', (scene) =>
    hasTreatedDiet(scene, NO_STEPS),
  ),
  writtenFigure(
    figure(
      'history.lowDays',
      'PATIENT',
      'days of advice so far on which nothing eaten was known to be high and something was low',
      ({ inputs }) => inputs.lowDays,
    ),
  ),
  figure('plan.dishes', 'PATIENT', 'dishes offered over the day', ({ dishes }) => dishes.length),
  writtenFigure(
    figure('plan.setDishes', 'PATIENT', 'dishes of the composed meals, written as those of breakfast, lunch and dinner', setDishesOf),
    (_, language, scene) => setDishesIn(scene, language),
  ),
  figure('plan.shortages', 'PATIENT', 'categories of the plan with fewer dishes than planned', ({ shortages }) => shortages),
  figure('plan.leastMeal', 'PATIENT', 'dishes of the meal with the fewest', ({ leastMeal }) => leastMeal),
  flag('plan.isLacking', 'PATIENT', 'lunch or dinner holds no protein dish, or no vegetable dish', ({ isLacking }) => isLacking),
  flag('plan.leavesOut', 'PATIENT', 'a dish is offered without garlic, onion, scallion, leek or kelp', (scene) => leftOutOf(scene) !== 0),
  writtenFigure(
    figure(
      'plan.leftOut',
      'PATIENT',
      'which of garlic, onion, scallion, leek and kelp a dish is offered without, as bits 1, 2, 4, 8, 16',
      leftOutOf,
    ),
    leftOutWords,
  ),
  flag(
    'plan.hasBroth',
    'PATIENT',
    'a soup is offered, or noodles with at least 100 g of water or stock',
    (scene) => (bitsOfDishes(scene) & BROTH) !== 0,
  ),
  figure(
    'turn.of7',
    'PATIENT',
    'days since 1970-01-01 of the record date plus the user id, modulo 7: what is said now and then',
    ({ turn }) => turn % 7,
  ),
  figure('turn.of3', 'PATIENT', 'the same, modulo 3', ({ turn }) => turn % 3),
];

/** Whether the profile's text names something that must be avoided and that is not understood. */
export function hasUnread({ inputs: { profile }, menu }: Scene): boolean {
  const refuses = profile?.refuses;
  return refuses !== undefined && menu?.isUnread(refuses) === true;
}

/** Years of age at which growth has ended. Source: ESPGHAN 2022 speaks of children and adolescents. */
const GROWN_UP = 19;

/** Whether a diet that leaves foods out is, for this patient, for a doctor or a dietitian to decide. Of a patient without a profile nothing says so. */
export function needsCare({ inputs: { profile } }: Scene): boolean {
  return profile !== undefined && (profile.needsCare === true || (profile.age ?? GROWN_UP) < GROWN_UP);
}

/** Whether the profile's text tells of a condition, a bit of `treatedDietsOf`. */
export function hasTreatedDiet({ inputs: { profile } }: Pick<Scene, 'inputs'>, condition: number): boolean {
  return ((profile?.treatedDiets ?? 0) & condition) !== 0;
}

/** Whether every word on less food or more steps can harm this patient. Of a patient without a profile nothing says so. */
export function mustNotRestrict({ inputs: { profile } }: Pick<Scene, 'inputs'>): boolean {
  return profile?.mustNotRestrict === true;
}

/** A bit beside those of `LEFT_OUT_EVERYWHERE`, which are below it: of a dish with a broth. */
export const BROTH = 32;

/** Bits of `LEFT_OUT_EVERYWHERE` that some dish is offered without. */
export function leftOutOf(scene: Scene): number {
  return bitsOfDishes(scene) & (BROTH - 1);
}

/** The same, and `BROTH` where a dish has one. */
export function bitsOfDishes({ numbers, menu }: Scene): number {
  let bits = 0;
  if (menu === null) return bits;
  for (let at = 0; at < numbers.length; at += 1) bits |= menu.leftOut[placeOfNumber(numbers[at] as number)] ?? 0;
  return bits;
}

/** Dishes of the composed meals, which come first. */
export function setDishesOf({ numbers }: Scene): number {
  let count = 0;
  while (count < numbers.length && isOfComposed(numbers[count] as number)) count += 1;
  return count;
}

/** "아침 3·점심 4·저녁 4" */
function setDishesIn(scene: Scene, language: 'ko' | 'en'): string {
  const set = scene.numbers.slice(0, setDishesOf(scene));
  const [breakfast, lunch, dinner] = MEALS.map((_, meal) => set.filter((number) => (number >> 1) % MEALS.length === meal).length);
  return language === 'ko' ? `아침 ${breakfast}·점심 ${lunch}·저녁 ${dinner}` : `${breakfast}, ${lunch} and ${dinner}`;
}
