import { bitCount } from '../bit-count.js';
import { LACTOSE_INTOLERANCE_BIT } from '../restrictions.js';
import { BOWL_SOUP, BROTH, MEAT, NOODLES, bitsOfDishes, leftOutOf, setDishesOf } from './dish-menu.js';
import { figure, flag, writtenFigure, type Fact } from './fact.js';
import { leftOutWords } from './left-out-words.js';
import type { Scene } from './scene.js';
import { MEALS } from '../catalogue/dish.js';
import { hasNoMenu, isToddler } from '../foods-of-age.js';
import { ANTICOAGULANT, DIABETES, DISORDER, LESS_FAT, LESS_SALT, NO_FRUIT, NO_STEPS } from '../treated-diets.js';

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
    'younger than 19, or the text about food in the profile speaks of pregnancy, childbirth, breastfeeding, diabetes, a disease of kidneys, heart or liver, celiac or inflammatory bowel disease, cancer, gout, stones or a disease of the pancreas, a stroke, an operation on the stomach, a transplant, drugs against clots, the immune system, appetite or monoamine oxidase or such as metronidazole that bear no alcohol, trouble with swallowing or chewing, an eating disorder, lost weight or a low one, or height and weight tell of a low one (person.mustNotRestrict)',
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
  flag('plan.hasNoodles', 'PATIENT', 'a dish of noodles is offered', (scene) => (bitsOfDishes(scene) & NOODLES) !== 0),
  flag('plan.hasBowlSoup', 'PATIENT', 'a soup with at least 100 g of grain is offered', (scene) => (bitsOfDishes(scene) & BOWL_SOUP) !== 0),
  flag('plan.hasMeat', 'PATIENT', 'a dish with meat is offered', (scene) => (bitsOfDishes(scene) & MEAT) !== 0),
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

/** "아침 3·점심 4·저녁 4" */
function setDishesIn(scene: Scene, language: 'ko' | 'en'): string {
  const set = scene.numbers.slice(0, setDishesOf(scene));
  const [breakfast, lunch, dinner] = MEALS.map((_, meal) => set.filter((number) => (number >> 1) % MEALS.length === meal).length);
  return language === 'ko' ? `아침 ${breakfast}·점심 ${lunch}·저녁 ${dinner}` : `${breakfast}, ${lunch} and ${dinner}`;
}
