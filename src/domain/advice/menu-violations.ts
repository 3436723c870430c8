import type { Catalogue } from './catalogue/catalogue.js';
import { FOOD_CATEGORIES, MEALS } from './catalogue/dish.js';
import { checkedFoods, PLANNED, type CheckedFoods } from './checked-foods.js';
import { refusedOffers } from './catalogue/refused-offers.js';
import { notToBeOffered } from './foods-of-age.js';
import type { FoodBook, PatientInputs } from './patient-inputs.js';
import type { MenuViolation, MealViolation, FoodViolation } from './violation-codes.js';
import { SLOTS_OF_MEAL } from './meal-plan.js';
import { ALL_RESTRICTIONS } from './restrictions.js';

/** What is wrong with offering the dishes of these meals (places in `Catalogue.offers`) to this user; empty when nothing is, a code may stand there twice. Holds for any generator. */
function foodViolations(
  meals: readonly (readonly number[])[],
  inputs: PatientInputs,
  book: FoodBook,
  catalogue: Catalogue,
): readonly FoodViolation[] {
  const foods = checkedFoods(catalogue);
  foods.begin(inputs, book);
  const avoid = inputs.allergens & ALL_RESTRICTIONS;
  const unwanted = inputs.profile?.preferences ?? 0;
  const refuses = notToBeOffered(inputs.profile);
  const barred = refuses === undefined ? undefined : refusedOffers(catalogue, refuses).barred;
  let found: FoodViolation[] | undefined;
  for (let meal = 0; meal < meals.length; meal += 1) {
    const offered = meals[meal] ?? NO_DISHES;
    for (let at = 0; at < offered.length; at++) {
      const place = offered[at] as number;
      if (!(Number.isInteger(place) && place >= 0 && place < foods.size)) {
        (found ??= []).push('NOT_IN_CATALOGUE');
        continue;
      }
      if (foods.low[place] !== 1) (found ??= []).push('NOT_LOW_FODMAP');
      if (((catalogue.restrictions[place] ?? 0) & avoid) !== 0) (found ??= []).push('ALLERGEN');
      if (((catalogue.dislikes[place] ?? 0) & unwanted) !== 0 || barred?.[place] === 1) (found ??= []).push('NOT_WANTED');
      if (foods.wasEaten(place)) (found ??= []).push('EATEN_RECENTLY');
      if (!foods.offer(place)) (found ??= []).push('REPEATED_FOOD');
    }
  }
  return found ?? NO_FOOD_VIOLATION;
}

const NO_FOOD_VIOLATION: readonly FoodViolation[] = [];
const NO_DISHES: readonly number[] = [];

/** A meal and what it could have been made of. */
interface JudgedMeal {
  /** Index in `MEALS`. */
  readonly meal: number;
  /** Places in `Catalogue.offers`. */
  readonly places: readonly number[];
  /** `Catalogue.candidates` of the patient. */
  readonly candidates: readonly Uint16Array[];
}

/**
 * What a meal lacks that it could have: a protein or a vegetable dish (asked of lunch and dinner; of breakfast that it is not of staples alone), where there is one that the
 * patient may eat, did not eat lately, and is not offered at another meal.
 */
function balanceViolations(foods: CheckedFoods, { meal, places, candidates }: JudgedMeal): readonly MealViolation[] {
  const lacks = (fits: Uint8Array): boolean => !holds(places, fits) && could(foods, { slots: SLOTS_OF_MEAL[meal] ?? [], candidates, fits });
  if (meal === 0) return lacks(foods.besideStaples) ? ['ONLY_STAPLES'] : NOTHING;
  const [protein, vegetable] = [lacks(foods.protein), lacks(foods.vegetable)];
  if (!protein && !vegetable) return NOTHING;
  return [...(protein ? (['NO_PROTEIN_DISH'] as const) : []), ...(vegetable ? (['NO_VEGETABLE_DISH'] as const) : [])];
}

function holds(places: readonly number[], fits: Uint8Array): boolean {
  for (let at = 0; at < places.length; at += 1) if (fits[places[at] as number] === 1) return true;
  return false;
}

/** Whether a slot of the meal could hold a dish that fits. */
function could(
  foods: CheckedFoods,
  { slots, candidates, fits }: { slots: readonly number[]; candidates: readonly Uint16Array[]; fits: Uint8Array },
): boolean {
  return slots.some((slot) => candidates[slot]?.some((place) => fits[place] === 1 && !foods.wasEaten(place) && !foods.isOffered(place)));
}

const NOTHING: readonly MealViolation[] = [];

/** Dishes that each meal must hold, in the order of `MEALS`. */
export type DishCounts = readonly [breakfast: number, lunch: number, dinner: number];

/** What a menu is judged by beside its user's inputs. */
export interface Grounds {
  readonly book: FoodBook;
  readonly catalogue: Catalogue;
  /** Absent for a menu that keeps to the plan of the rules. */
  readonly dishes?: DishCounts;
}

/**
 * What is wrong with the dishes of a day, each code once; empty when nothing is. Pure, and written apart from the rules that it checks: it shares their plan and catalogue but none of
 * their reasoning, so that a fault in one shows in the other.
 */
export function menuViolations(
  meals: readonly (readonly number[])[],
  inputs: PatientInputs,
  { book, catalogue, dishes }: Grounds,
): readonly MenuViolation[] {
  const ofFoods = foodViolations(meals, inputs, book, catalogue);
  const found: MenuViolation[] = ofFoods.length === 0 ? [] : [...ofFoods];
  const foods = checkedFoods(catalogue);
  const candidates = catalogue.candidates(inputs.allergens, inputs.profile?.preferences, notToBeOffered(inputs.profile));
  for (let meal = 0; meal < meals.length; meal += 1) {
    const places = meals[meal] ?? [];
    if (isOfAnother(meal, places, foods)) found.push('WRONG_MEAL');
    if (dishes === undefined) checkPlan(found, foods, meal, places);
    else if (places.length !== dishes[meal]) found.push('WRONG_COUNT');
    const lacking = balanceViolations(foods, { meal, places, candidates });
    for (let at = 0; at < lacking.length; at += 1) found.push(lacking[at] as MenuViolation);
  }
  if (meals.length !== MEALS.length) found.push('WRONG_COUNT');
  return found.length < 2 ? found : [...new Set(found)];
}

function checkPlan(found: MenuViolation[], foods: CheckedFoods, meal: number, places: readonly number[]): void {
  const planned = PLANNED[meal];
  for (let category = 0; category < FOOD_CATEGORIES.length; category += 1) {
    let count = 0;
    for (let at = 0; at < places.length; at += 1) if (foods.category[places[at] as number] === category) count += 1;
    if (count > (planned?.[category] ?? 0)) return void found.push('OUT_OF_PLAN');
  }
}

/** Whether a dish is not offered at its meal. */
function isOfAnother(meal: number, places: readonly number[], foods: CheckedFoods): boolean {
  for (let at = 0; at < places.length; at += 1) {
    const place = places[at] as number;
    if (place >= 0 && place < foods.size && ((foods.meals[place] ?? 0) & (1 << meal)) === 0) return true;
  }
  return false;
}
