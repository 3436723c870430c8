import { figure, flag, writtenFigure, type Fact } from './fact.js';
import { harmfulFoodsIn, ownFoodsIn, unsuitedFoodsIn, unsureFoodsIn } from './foods-listed.js';
import type { Scene } from './scene.js';

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
      'different foods that are not known to be high in FODMAPs and not left out for the patient (eaten.isLeftOut), with at least 3 g of fibre in 100 g (Codex: a source of fibre) and 1.5 g of it in the amount eaten',
      ({ day }) => day.fibreSources,
    ),
  ),
  writtenFigure(
    figure(
      'day.fibreRich',
      'PATIENT',
      'different foods that are not known to be high in FODMAPs and not left out for the patient (eaten.isLeftOut), with at least 6 g of fibre in 100 g (Codex: high in fibre) and 1.5 g of it in the amount eaten',
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
    'foods that usually hold an allergen of the patient, apart from lactose for an intolerance and what upsets the gut alone by the words of the profile, and foods of day.harmful to which the words tell of an allergy',
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
  figure('day.leftOut', 'PATIENT', 'foods of day.ownAllergens, day.harmful and day.unsuited, each once', ({ day }) => day.leftOut),
  figure(
    'day.harmful',
    'PATIENT',
    'foods that may harm the patient beside that: by the recipe, or the name of a food that the catalogue does not know, they hold what the text about food in the profile tells an allergy to or calls not borne, or what is left out for MAO inhibitors, for drugs that grapefruit makes stronger (grapefruit), warfarin (natto), in pregnancy or where immunity is weak (raw, liver in pregnancy), for latex, oral allergy, sulphites, histamine, fructose, G6PD deficiency (broad beans), for chewing or an age at which they are choked on, or under 12 for their caffeine',
    ({ day }) => day.harmful,
  ),
  writtenFigure(
    figure(
      'day.harmfulFoods',
      'PATIENT',
      'the same number; written as the foods themselves, up to two by name with the reason, and how many more there are',
      ({ day }) => day.harmful,
    ),
    (_, language, scene) => harmfulFoodsIn(scene, language),
  ),
  figure(
    'day.unsuited',
    'PATIENT',
    'other foods that hold, likewise, what is left out of the menus for diabetes, gout, stones, little salt, little fat, a fatty liver, reflux or a sore stomach, or an overactive thyroid',
    ({ day }) => day.unsuited,
  ),
  writtenFigure(
    figure(
      'day.unsuitedFoods',
      'PATIENT',
      'the same number; written as the foods themselves, up to two by name with the reason, and how many more there are',
      ({ day }) => day.unsuited,
    ),
    (_, language, scene) => unsuitedFoodsIn(scene, language),
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
