import { LEAST_DRINK_GRAMS } from './alcohol.js';
import { isAside } from './aside.js';
import { bitCount } from './bit-count.js';
import type { EatenFood } from './eaten-food.js';
import { isLeftOut } from './left-out.js';
import { CAUTION_BITS, DIET_BITS, reasonBit } from './left-out-reasons.js';
import type { FoodBook, PatientInputs } from './patient-inputs.js';
import { LACTOSE_INTOLERANCE_BIT } from './restrictions.js';

/** What the foods of the record date come to. Each food counts once, however many meals had it; grams are those of all its records. */
export interface DayFigures {
  /** All but water and seasonings that are low: see `isAside`. */
  readonly foods: number;
  readonly low: number;
  readonly moderate: number;
  readonly high: number;
  /** Foods whose class is not known, foods that IBSafe deleted among them. */
  readonly unknown: number;
  /** Grams of dietary fibre eaten, as far as it is known; a lower bound. NaN where it is known of less than half of the grams eaten. */
  readonly fibreGrams: number;
  /** Grams of the soluble kind; NaN likewise. */
  readonly solubleGrams: number;
  /** Foods that are not known to be high in FODMAPs, with at least 3 g and at least 6 g in 100 g, of which enough was eaten to bring any: see `isFibreFrom`. */
  readonly fibreSources: number;
  readonly fibreRich: number;
  /** Foods that hold an allergen of the patient, or lactose where they do not tolerate it. */
  readonly ownAllergens: number;
  /** Of them, those that hold an allergen (lactose is none, nor what only upsets the gut), and those to which the words of the profile tell of an allergy. */
  readonly allergenFoods: number;
  /** Foods that may hold an allergen of the patient, for all that is known: whether they hold another one or not. */
  readonly unsureFoods: number;
  /** Foods that are left out for the patient since they may harm (`CAUTION_BITS`). */
  readonly harmful: number;
  /** Others that are, for a condition in which less of them is eaten (`DIET_BITS`). */
  readonly unsuited: number;
  /** Foods of these two kinds and of `ownAllergens`: none of them is praised, nor a day that had them. */
  readonly leftOut: number;
  /** Foods that are hot by chilli. */
  readonly hot: number;
  /** Records at breakfast, lunch and dinner; NaN where meals are not known. */
  readonly meals: readonly [breakfast: number, lunch: number, dinner: number];
  /** Those of the three with records of fruit, drinks, water and seasonings alone; NaN likewise. */
  readonly lightMeals: number;
  /** Drinks with alcohol, of which more than a spoon was had. */
  readonly alcohol: number;
  /** Whether some food of the record date or of the two days before it is a dish of the catalogue, which the menu leaves out. */
  readonly isRecentKnown: boolean;
}

/** Fibre in g per 100 g from which a food is a source of fibre, or high in it. Source: Codex guideline CAC/GL 23-1997 on nutrition claims. */
export const FIBRE_SOURCE_GRAMS = 3;
export const FIBRE_HIGH_GRAMS = 6;
/** Grams of fibre in the amount eaten below which it is no source, whatever 100 g would hold: 5 g of laver bring next to none. Own rule: half of what 100 g of a "source" bring. */
const LEAST_FIBRE_EATEN = 1.5;

/** Whether a food of so much fibre in 100 g is a source of it (`least` in 100 g) at the amount eaten. */
export function isFibreFrom(grams: number, density: number, least: number): boolean {
  return density >= least && (grams * density) / 100 >= LEAST_FIBRE_EATEN;
}

/** Grams of a food that were eaten, for what is summed: 0 where no record says how much of a food that has no usual serving. 100 g of laver, which such a record counts otherwise, are fifty sheets. */
export function weighed({ grams, isMeasured, facts }: Pick<EatenFood, 'grams' | 'isMeasured' | 'facts'>): number {
  return isMeasured || (facts !== undefined && facts.dish >= 0) ? grams : 0;
}

const ALLERGY = reasonBit('ALLERGY');

/** Counts what was eaten on the record date. */
export function dayFiguresOf(inputs: PatientInputs, foods: readonly EatenFood[], book: FoodBook): DayFigures {
  let [low, moderate, high, aside, alcohol] = [0, 0, 0, 0, 0];
  let [fibreSources, fibreRich, ownAllergens, allergenFoods, unsureFoods, hot] = [0, 0, 0, 0, 0, 0];
  let [harmful, unsuited, leftOut] = [0, 0, 0];
  const noAllergy = LACTOSE_INTOLERANCE_BIT | (inputs.upsets ?? 0);
  for (const food of foods) {
    const { facts, fodmap, own, unsure } = food;
    const grams = weighed(food);
    if (fodmap === 'HIGH') high += 1;
    else if (isAside(food)) aside += 1;
    else if (fodmap === 'LOW') low += 1;
    else if (fodmap === 'MODERATE') moderate += 1;
    // What is high, or left out for the patient, is praised for nothing: beside its warning that would read as the contrary.
    const density = fodmap === 'HIGH' || isLeftOut(food) ? 0 : (facts?.fibreGrams ?? 0);
    if (isFibreFrom(grams, density, FIBRE_SOURCE_GRAMS)) fibreSources += 1;
    if (isFibreFrom(grams, density, FIBRE_HIGH_GRAMS)) fibreRich += 1;
    if (own !== 0) ownAllergens += 1;
    if ((own & ~noAllergy) !== 0 || (food.leftOut & ALLERGY) !== 0) allergenFoods += 1;
    if ((food.leftOut & CAUTION_BITS) !== 0) harmful += 1;
    else if ((food.leftOut & DIET_BITS) !== 0) unsuited += 1;
    if (own !== 0 || (food.leftOut & (CAUTION_BITS | DIET_BITS)) !== 0) leftOut += 1;
    if (unsure !== 0) unsureFoods += 1;
    if (facts?.isHot === true) hot += 1;
    if (facts?.isAlcohol === true && food.grams >= LEAST_DRINK_GRAMS) alcohol += 1;
  }
  return {
    foods: foods.length - aside,
    low,
    moderate,
    high,
    unknown: foods.length - aside - low - moderate - high,
    fibreGrams: gramsOf(foods, 'fibreGrams'),
    solubleGrams: gramsOf(foods, 'solubleGrams'),
    fibreSources,
    fibreRich,
    ownAllergens,
    allergenFoods,
    unsureFoods,
    harmful,
    unsuited,
    leftOut,
    hot,
    meals: mealsOf(inputs),
    lightMeals: lightMealsOf(inputs, book),
    alcohol,
    isRecentKnown: hasDish(inputs.recent, book) || hasDish(inputs.today, book),
  };
}

function hasDish(ids: readonly number[], book: FoodBook): boolean {
  return ids.some((id) => (book.get(id)?.dish ?? -1) >= 0);
}

/** A sum over foods some of which have no figure; NaN where that is more than half of the grams eaten, or nothing was. */
function gramsOf(foods: readonly EatenFood[], figure: 'fibreGrams' | 'solubleGrams'): number {
  let [sum, all, without] = [0, 0, 0];
  for (let at = 0; at < foods.length; at += 1) {
    const food = foods[at] as EatenFood;
    const grams = weighed(food);
    const density = food.facts?.[figure] ?? null;
    all += food.grams;
    if (density === null || (density > 0 && grams === 0)) without += food.grams;
    else sum += (grams * density) / 100;
  }
  return all === 0 || without * 2 > all ? Number.NaN : Math.round(sum * MILLIONTHS) / MILLIONTHS;
}

/** To so many parts of a gram a sum of fibre is exact, in whatever order it is added up: 2.5 g that came out as 2.499999999 would be written as 2. */
const MILLIONTHS = 1e6;

function mealsOf({ mealsEaten }: PatientInputs): DayFigures['meals'] {
  if (mealsEaten === undefined) return [Number.NaN, Number.NaN, Number.NaN];
  const records: [number, number, number] = [0, 0, 0];
  for (const meal of mealsEaten) if (meal === 0 || meal === 1 || meal === 2) records[meal] += 1;
  return records;
}

function lightMealsOf({ mealsEaten, today }: PatientInputs, book: FoodBook): number {
  if (mealsEaten === undefined) return Number.NaN;
  let [recorded, full] = [0, 0]; // a bit for each meal
  for (let at = 0; at < mealsEaten.length; at += 1) {
    const meal = mealsEaten[at] ?? -1;
    if (meal < 0 || meal > 2) continue;
    recorded |= 1 << meal;
    if (book.get(today[at] as number)?.isMeal !== false) full |= 1 << meal;
  }
  return bitCount(recorded & ~full);
}
