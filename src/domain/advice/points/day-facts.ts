import { calledIn } from '../called-food.js';
import { figure, flag, writtenFigure, type Fact } from './fact.js';
import type { Scene } from './scene.js';

/** In the order of `ALLERGENS`, lactose last. */
const WORDS = {
  ko: ['글루텐', '우유 단백질', '견과류나 깨', '해산물', '달걀', '콩', '유당'],
  en: ['gluten', 'milk protein', 'nuts or seeds', 'seafood', 'egg', 'soy', 'lactose'],
} as const;

/** Foods that are named at most; the others are counted. */
const MAX_NAMED = 3;
/** The same of foods that are not known well: what is known to be in others is told beside them, and English is longer. */
const MAX_UNSURE = { ko: 2, en: 1 };
/** Characters of the first one, marks included, from which on no second is begun. */
const LONG_NAME = 13;
/** Characters of the names together from which on no further one is begun: the text around them has to fit on a phone as well. */
const FULL = { ko: 60, en: 36 };
/** Characters of a food with what is in it, beyond which the food is named alone, and not begun after another. */
const LONG_FOOD = { ko: Number.POSITIVE_INFINITY, en: 52 };

/**
 * Every food that was eaten and usually holds what the patient must avoid: "‘라면’(글루텐·콩), ‘우유’(유당) 외 2가지". A food whose name may not be repeated is counted with the others.
 */
function ownFoodsIn({ eatenFoods }: Scene, language: 'ko' | 'en'): string {
  let names = '';
  let [named, all] = [0, 0];
  for (const food of eatenFoods) {
    const { own } = food;
    if (own === 0) continue;
    all += 1;
    const name = calledIn(food, language);
    if (name === '' || named === MAX_NAMED || names.length >= FULL[language]) continue;
    const told = `‘${name}’${language === 'ko' ? '' : ' '}(${wordsOf(own, language)})`;
    const isLong = names.length + told.length > LONG_FOOD[language];
    if (isLong && named > 0) continue;
    names += named === 0 ? (isLong ? `‘${name}’` : told) : `, ${told}`;
    named += 1;
  }
  return counted(names, named, all, language);
}

/** Every food that was eaten and may hold what the patient is allergic to: "‘라면’, ‘햄’ 외 2가지". */
function unsureFoodsIn({ eatenFoods }: Scene, language: 'ko' | 'en'): string {
  let names = '';
  let [named, all] = [0, 0];
  for (const food of eatenFoods) {
    if (food.unsure === 0) continue;
    all += 1;
    const name = calledIn(food, language);
    if (name === '' || named === MAX_UNSURE[language] || names.length >= LONG_NAME) continue;
    names += `${named === 0 ? '' : ', '}‘${name}’`;
    named += 1;
  }
  return counted(names, named, all, language);
}

function counted(names: string, named: number, all: number, language: 'ko' | 'en'): string {
  if (named === 0) return language === 'ko' ? `음식 ${all}가지` : all === 1 ? '1 food' : `${all} foods`;
  if (named === all) return names;
  return language === 'ko' ? `${names} 외 ${all - named}가지` : `${names} and ${all - named} more`;
}

function wordsOf(own: number, language: 'ko' | 'en'): string {
  return WORDS[language].filter((_, bit) => (own & (1 << bit)) !== 0).join(language === 'ko' ? '·' : ', ');
}

/** What was eaten on the record date, all foods together. */
export const DAY_FACTS: readonly Fact[] = [
  writtenFigure(
    figure(
      'day.foods',
      'PATIENT',
      'different foods with a record on the record date, without water and seasonings that are low in FODMAPs',
      ({ day }) => day.foods,
    ),
  ),
  writtenFigure(figure('day.low', 'PATIENT', 'of them, foods that are low in FODMAPs at the amount eaten', ({ day }) => day.low)),
  writtenFigure(figure('day.moderate', 'PATIENT', 'of them, foods that are moderate at the amount eaten', ({ day }) => day.moderate)),
  writtenFigure(figure('day.high', 'PATIENT', 'of them, foods that are high at the amount eaten', ({ day }) => day.high)),
  writtenFigure(figure('day.unknown', 'PATIENT', 'of them, foods whose class is not known', ({ day }) => day.unknown)),
  writtenFigure(
    figure(
      'day.fibre',
      'PATIENT',
      'grams of fibre eaten, as far as known; unknown where half of the grams eaten or more have no figure',
      ({ day }) => day.fibreGrams,
    ),
  ),
  writtenFigure(figure('day.soluble', 'PATIENT', 'grams of soluble fibre eaten; unknown likewise', ({ day }) => day.solubleGrams)),
  flag('day.isFibreKnown', 'PATIENT', 'day.fibre is known', ({ day }) => !Number.isNaN(day.fibreGrams)),
  figure(
    'day.solubleShare',
    'PATIENT',
    'grams of soluble fibre in 100 g of the fibre eaten; unknown where either is, or nothing was eaten of it',
    ({ day }) => (day.fibreGrams > 0 ? (day.solubleGrams * 100) / day.fibreGrams : null),
  ),
  writtenFigure(
    figure(
      'day.fibreSources',
      'PATIENT',
      'different foods that are not known to be high in FODMAPs, with at least 3 g of fibre in 100 g (Codex: a source of fibre) and 1.5 g of it in the amount eaten',
      ({ day }) => day.fibreSources,
    ),
  ),
  writtenFigure(
    figure(
      'day.fibreRich',
      'PATIENT',
      'different foods that are not known to be high in FODMAPs, with at least 6 g of fibre in 100 g (Codex: high in fibre) and 1.5 g of it in the amount eaten',
      ({ day }) => day.fibreRich,
    ),
  ),
  writtenFigure(
    figure(
      'day.ownAllergens',
      'PATIENT',
      'foods that usually hold an allergen of the patient, or lactose for an intolerance',
      ({ day }) => day.ownAllergens,
    ),
  ),
  writtenFigure(
    figure(
      'day.ownFoods',
      'PATIENT',
      'the same number; written as the foods themselves, up to three by name with what each holds of it, and how many more there are',
      ({ day }) => day.ownAllergens,
    ),
    (_, language, scene) => ownFoodsIn(scene, language),
  ),
  figure(
    'day.allergenFoods',
    'PATIENT',
    'foods that usually hold an allergen of the patient, apart from lactose for an intolerance and what upsets the gut alone by the words of the profile',
    ({ day }) => day.allergenFoods,
  ),
  figure(
    'day.unsure',
    'PATIENT',
    'foods that may hold an allergen of the patient, for all that is known: by an ingredient whose allergens are not all known, or because the catalogue does not know the food',
    ({ day }) => day.unsureFoods,
  ),
  writtenFigure(
    figure(
      'day.unsureFoods',
      'PATIENT',
      'the same number; written as the foods themselves, up to two by name (one in English), and how many more there are',
      ({ day }) => day.unsureFoods,
    ),
    (_, language, scene) => unsureFoodsIn(scene, language),
  ),
  writtenFigure(figure('day.hot', 'PATIENT', 'foods that are hot by chilli', ({ day }) => day.hot)),
  figure('day.breakfasts', 'PATIENT', 'records at breakfast', ({ day }) => day.meals[0]),
  figure('day.lunches', 'PATIENT', 'records at lunch', ({ day }) => day.meals[1]),
  figure('day.dinners', 'PATIENT', 'records at dinner', ({ day }) => day.meals[2]),
  figure(
    'day.lightMeals',
    'PATIENT',
    'of breakfast, lunch and dinner those with records of fruit, drinks, water and seasonings alone',
    ({ day }) => day.lightMeals,
  ),
  writtenFigure(
    figure(
      'day.missedMeals',
      'PATIENT',
      'of breakfast, lunch and dinner those without a record that the profile does not call skipped; unknown where meals are not known',
      missedMealsOf,
    ),
  ),
  figure(
    'day.alcohol',
    'PATIENT',
    'drinks with alcohol, told by their names, of which 50 g or more were recorded',
    ({ day }) => day.alcohol,
  ),
  flag(
    'day.isRecentKnown',
    'PATIENT',
    'some food of the record date or of the two days before it is a dish of the catalogue',
    ({ day }) => day.isRecentKnown,
  ),
];

/** How many of the three meals have no record though the profile does not call them skipped. */
export function missedMealsOf({ day: { meals }, inputs: { profile } }: Scene): number {
  if (Number.isNaN(meals[0] + meals[1] + meals[2])) return Number.NaN;
  let missed = 0;
  for (let meal = 0; meal < meals.length; meal += 1) if (meals[meal] === 0 && profile?.skips[meal] !== true) missed += 1;
  return missed;
}
