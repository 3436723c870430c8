import { AmountSum, type EatenAmount } from './eaten-amount.js';
import type { FoodCategory } from './catalogue/dish.js';
import { causeOf } from './catalogue/cause-of.js';
import { FODMAP_KINDS, type FodmapKind, type Ingredient } from './catalogue/ingredient.js';
import { fodmapClassAt, type FodmapLoads } from './catalogue/judged-recipe.js';
import type { FoodBook, FoodFacts, PatientInputs } from './patient-inputs.js';
import type { FodmapClass } from './catalogue/fodmap-class.js';
import { isPinched, pinchClassAt } from './pinched-food.js';
import { RememberedFoods, type KnownFood } from './remembered-foods.js';
import { NOTHING_LEFT_OUT, type WhyLeftOut } from './left-out.js';
import { ALLERGEN_BITS, LACTOSE_INTOLERANCE_BIT } from './restrictions.js';

/** Up to so many, searching a list costs less than a set. A day holds a dozen records. */
const FEW = 32;

/** For a list that may be long: what `isFirst` remembers of it. Undefined for the usual, short one. */
export function memoryFor(ids: readonly number[]): Set<number> | undefined {
  return ids.length > FEW ? new Set() : undefined;
}

/** Whether an id stands for the first time at its place in a list that is gone through from its beginning. */
export function isFirst(ids: readonly number[], at: number, memory: Set<number> | undefined): boolean {
  const id = ids[at] as number;
  if (memory === undefined) return ids.indexOf(id) === at;
  if (memory.has(id)) return false;
  memory.add(id);
  return true;
}

/** A food of the record date, all its records taken together. */
export interface EatenFood extends EatenAmount {
  /** Id in IBSafe's table. */
  readonly id: number;
  /** Absent for a food that IBSafe no longer knows. */
  readonly facts: FoodFacts | undefined;
  /** The name as a text may repeat it; empty where it may not. */
  readonly quotable: string;
  /** Computed of the amount eaten at the meal with the most of it; the class that IBSafe states where that is worse, or where nothing can be computed. */
  readonly fodmap: FodmapClass;
  /** Whether `fodmap` is what was computed of the amount. */
  readonly isByAmount: boolean;
  /** Place in `FODMAP_KINDS` of the kind that `fodmap` is due to: see `kindOf`; -1 where it is not computed, or there is none. */
  readonly kind: number;
  /** The ingredient of the usual recipe that it is due to (`causeOf`); null where there is no kind, or the food is an ingredient itself. */
  readonly cause: Ingredient | null;
  /** Its dish's category; undefined for a food that is no dish of ours. */
  readonly category: FoodCategory | undefined;
  /** Bits of what it holds as usually cooked, or by its name: `allergenBit`, `LACTOSE_INTOLERANCE_BIT`; 0 for a food that IBSafe no longer knows. */
  readonly restrictions: number;
  /** Those of them that the patient must avoid. */
  readonly own: number;
  /** Bits of `allergenBit` of what the patient must avoid and it may hold, for all that is known. */
  readonly unsure: number;
  /** Why it is left out for the patient, bits of `reasonBit`; 0 where it is not (`leftOutBy`). */
  readonly leftOut: number;
  /** Its facts by place in `EATEN_FACTS`, once they were asked for. Like all of this they hang on the food, the amount, `own`, `unsure` and `leftOut` alone. */
  values?: number[] | undefined;
  /** Whose conditions were asked of it, if any were, and those that it fulfils: see `PointTests`. */
  askedBy?: object | undefined;
  fulfils?: number;
}

/** The foods of the record date, each once, in the order in which their first records stand. */
export function eatenFoodsOf(inputs: PatientInputs, book: FoodBook, whyLeftOut: WhyLeftOut = NOTHING_LEFT_OUT): EatenFood[] {
  const { today, allergens } = inputs;
  const foods: EatenFood[] = [];
  const memory = memoryFor(today);
  const sums = memory === undefined ? undefined : sumsOf(inputs, book);
  for (let at = 0; at < today.length; at += 1) {
    if (!isFirst(today, at, memory)) continue;
    const id = today[at] as number;
    const facts = book.get(id);
    const amount = sums?.get(id) ?? sumFrom(at, inputs, facts);
    foods.push(
      facts === undefined
        ? unknownFood(id, amount, allergens)
        : remembered.of(knownFood({ id, facts, leftOut: whyLeftOut(facts) }, amount, allergens)),
    );
  }
  return foods;
}

function sumFrom(first: number, inputs: PatientInputs, facts: FoodFacts | undefined): AmountSum {
  const { today } = inputs;
  const sum = new AmountSum(facts);
  for (let each = first; each < today.length; each += 1) if (today[each] === today[first]) sum.add(inputs, each);
  return sum;
}

/** Amounts by food, for a day of so many records that looking for each food's among them would take long. */
function sumsOf(inputs: PatientInputs, book: FoodBook): ReadonlyMap<number, AmountSum> {
  const sums = new Map<number, AmountSum>();
  for (const [at, id] of inputs.today.entries()) {
    let sum = sums.get(id);
    if (sum === undefined) sums.set(id, (sum = new AmountSum(book.get(id))));
    sum.add(inputs, at);
  }
  return sums;
}

function knownFood(food: Pick<KnownFood, 'id' | 'facts' | 'leftOut'>, amount: EatenAmount, allergens: number): KnownFood {
  const { id, facts, leftOut } = food;
  const { grams, mealGrams, isMeasured, isOfMeals } = amount;
  return {
    id,
    facts,
    grams,
    mealGrams,
    isMeasured,
    isOfMeals,
    own: ownOf(facts, mealGrams) & allergens,
    unsure: facts.mayHold & allergens,
    leftOut,
  };
}

/** Bits of what so many grams at a meal hold. Lactose that is within a low serving is none to speak of: an intolerance is one to amounts, and 10 g of butter bring a tenth of a gram. */
function ownOf({ restrictions, loads, servingGrams }: FoodFacts, grams: number): number {
  if (loads === null) return restrictions; // what its name says, of which no amount is known
  const isLittle = ((loads.lowLoads[LACTOSE] ?? 0) * grams) / servingGrams <= 1 + 1e-9;
  return isLittle ? restrictions & ~LACTOSE_INTOLERANCE_BIT : restrictions;
}

const LACTOSE = FODMAP_KINDS.indexOf('LACTOSE');

/** A food that IBSafe no longer knows. */
function unknownFood(id: number, { grams, mealGrams, isMeasured, isOfMeals }: EatenAmount, allergens: number): EatenFood {
  return {
    id,
    facts: undefined,
    quotable: '',
    grams,
    mealGrams,
    isMeasured,
    isOfMeals,
    fodmap: 'UNKNOWN',
    isByAmount: false,
    kind: -1,
    cause: null,
    category: undefined,
    restrictions: 0,
    own: 0,
    unsure: allergens & ALLERGEN_BITS,
    leftOut: 0,
    values: undefined,
    askedBy: undefined,
    fulfils: 0,
  };
}

function judged({ id, facts, grams, mealGrams, isMeasured, isOfMeals, own, unsure, leftOut }: KnownFood): EatenFood {
  const { loads, stated, quotable, category, restrictions } = facts;
  const servings = mealGrams / facts.servingGrams;
  const computed =
    loads === null ? 'UNKNOWN' : isMeasured || !isPinched(facts) ? fodmapClassAt(loads, servings) : pinchClassAt(loads, servings);
  const fodmap = computed === 'UNKNOWN' || (stated !== null && SEVERITY[stated] > SEVERITY[computed]) ? (stated ?? computed) : computed;
  const isByAmount = loads !== null && fodmap === computed && computed !== 'UNKNOWN';
  const kind = isByAmount && loads !== null ? kindOf(loads, fodmap) : -1;
  return {
    id,
    facts,
    quotable,
    grams,
    mealGrams,
    isMeasured,
    isOfMeals,
    fodmap,
    isByAmount,
    kind,
    cause:
      loads !== null && kind >= 0
        ? causeOf(loads.recipe, FODMAP_KINDS[kind] as FodmapKind, fodmap === 'HIGH' ? 'high' : 'low', servings)
        : null,
    category,
    restrictions,
    own,
    unsure,
    leftOut,
    values: undefined,
    askedBy: undefined,
    fulfils: 0,
  };
}

const remembered = new RememberedFoods(judged);

const SEVERITY: Readonly<Record<Exclude<FodmapClass, 'UNKNOWN'>, number>> = { LOW: 0, MODERATE: 1, HIGH: 2 };

/** Of a HIGH food the kind that is furthest above what is high, of any other the one nearest to or furthest above what is low; -1 where it holds none. */
function kindOf({ lowLoads, highLoads }: FodmapLoads, fodmap: FodmapClass): number {
  const loads = fodmap === 'HIGH' ? highLoads : lowLoads;
  let most = -1;
  for (let kind = 0; kind < loads.length; kind += 1) if ((loads[kind] ?? 0) > (loads[most] ?? 0)) most = kind;
  return most;
}
