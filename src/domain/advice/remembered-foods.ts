import type { FoodFacts } from './patient-inputs.js';

/** What an eaten food is judged by: nothing else of the patient or the day has a say. */
export interface KnownFood {
  readonly id: number;
  readonly facts: FoodFacts;
  readonly grams: number;
  /** Bits of what it holds and the patient must avoid. */
  readonly own: number;
  /** Bits of what the patient must avoid and it may hold: none of `own`. */
  readonly unsure: number;
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
    const { facts, grams, own, unsure } = food;
    let judgements = this.#kept.get(facts);
    if (judgements === undefined) this.#kept.set(facts, (judgements = new Map()));
    const key = (own | unsure) * MORE_THAN_GRAMS + grams; // what it holds and what it may hold are apart
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

function isSame(known: Omit<KnownFood, 'facts'>, { id, grams, own, unsure }: KnownFood): boolean {
  return known.id === id && known.grams === grams && known.own === own && known.unsure === unsure;
}
