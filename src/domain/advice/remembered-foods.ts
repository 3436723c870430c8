import type { EatenAmount } from './eaten-amount.js';
import type { FoodFacts } from './patient-inputs.js';
import { ALL_RESTRICTIONS } from './restrictions.js';

/** What an eaten food is judged by: nothing else of the patient or the day has a say. */
export interface KnownFood extends EatenAmount {
  readonly id: number;
  readonly facts: FoodFacts;
  /** Bits of what it holds and the patient must avoid. */
  readonly own: number;
  /** Bits of what the patient must avoid and it may hold: none of `own`. */
  readonly unsure: number;
  /** Why it is left out for the patient: bits of `reasonBit`. */
  readonly leftOut: number;
}

/** Judgements that are kept; beyond that all are forgotten, so that no table of foods and no amounts fill the memory: some ten megabytes at most. */
const MAX_JUDGEMENTS = 20_000;
/** More grams than a person eats of a food in a day. Were it not, or were one row the book's of several foods: what is kept is looked at before it is believed. */
const MORE_THAN_GRAMS = 2 ** 22;

/**
 * The judgement of a food, of so many grams, to a patient who must avoid so much of it: made once for all patients. People eat the same few hundred foods in the same round amounts, and a
 * judged food remembers what is asked of it (its facts, the conditions that it fulfils).
 */
export class RememberedFoods<Judged extends Omit<KnownFood, 'facts'>> {
  /** By a food as the book has it: a book that is read anew has others, and those of the last one go with it. */
  #kept = new WeakMap<FoodFacts, Map<number, Judged>>();
  #count = 0;

  constructor(private readonly judge: (food: KnownFood) => Judged) {}

  /** The judgement of a food. */
  of(food: KnownFood): Judged {
    const { facts, own, unsure, leftOut } = food;
    let judgements = this.#kept.get(facts);
    if (judgements === undefined) this.#kept.set(facts, (judgements = new Map()));
    const key = ((own | unsure) + leftOut * (ALL_RESTRICTIONS + 1)) * MORE_THAN_GRAMS + keyOf(food); // what it holds and what it may hold are apart
    const known = judgements.get(key);
    if (known !== undefined) return isSame(known, food) ? known : this.judge(food);
    const judged = this.judge(food);
    judgements.set(key, judged);
    this.#count += 1;
    if (this.#count > MAX_JUDGEMENTS) this.#forget();
    return judged;
  }

  #forget(): void {
    this.#kept = new WeakMap();
    this.#count = 0;
  }
}

/** A number that tells amounts apart: the plainest, which is eaten at one meal and measured, is its grams. Two that share one are told apart by `isSame`. */
function keyOf({ grams, mealGrams, isMeasured, isOfMeals }: EatenAmount): number {
  const plain = grams === mealGrams ? grams : grams + mealGrams / MORE_THAN_GRAMS;
  return isMeasured && isOfMeals ? plain : plain + (isMeasured ? 0.25 : isOfMeals ? 0.5 : 0.75);
}

function isSame(known: Omit<KnownFood, 'facts'>, food: KnownFood): boolean {
  return (
    known.id === food.id &&
    known.grams === food.grams &&
    known.mealGrams === food.mealGrams &&
    known.isMeasured === food.isMeasured &&
    known.isOfMeals === food.isOfMeals &&
    known.own === food.own &&
    known.unsure === food.unsure &&
    known.leftOut === food.leftOut
  );
}
