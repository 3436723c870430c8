import type { Catalogue } from './catalogue/catalogue.js';
import { isBowlSoup, isProteinDish, isVegetableDish } from './catalogue/dish-kinds.js';
import type { DailyChoice } from './daily-advice.js';
import { MEAL_PLAN, SLOTS_OF_MEAL } from './meal-plan.js';
import { notToBeOffered } from './foods-of-age.js';
import type { FoodBook, PatientInputs } from './patient-inputs.js';
import { mix } from './seeded-random.js';

/** A day's dishes. */
export interface PickedDiet {
  /** Places in `Catalogue.offers` of breakfast, lunch and dinner, in the order of the plan. */
  readonly meals: DailyChoice['meals'];
  /** A bit for each place in `MEAL_PLAN` that got fewer dishes than it wants. */
  readonly shortSlots: number;
}

/** Whose dishes of which day. */
export interface PickSeed {
  /** Of the patient and the version of the rules; 32 bits. */
  readonly person: number;
  /** Days since any fixed day. */
  readonly day: number;
}

/**
 * Picks a day's dishes: offers that suit the meal, free of the patient's restrictions and dislikes, not eaten in the last three days and not twice in the day, with a protein and a vegetable
 * dish at each meal where there is one. A category that runs dry leaves its meal with fewer dishes; nothing unsafe or repeated ever fills the gap.
 *
 * Each patient walks through the candidates of a slot by a stride of their own, as many a day as the slot wants: days that follow each other have different dishes as long as there
 * are enough, without a look at what was advised the day before.
 *
 * It keeps its working arrays from user to user, because allocating them anew was most of the cost. Not reentrant, and need not be: it never awaits.
 */
export class DietPicker {
  /** By dish: the day in which it was last taken or barred. Raising the day's number clears them all at once. */
  readonly #barredOn: Float64Array;
  #day = 0;
  readonly #isVegetable: Uint8Array;
  readonly #isProtein: Uint8Array;
  /** Dishes dealt to each slot of the meal that is being picked. */
  readonly #dealt: number[][] = MEAL_PLAN.map(() => []);
  /** How many of them are of this meal: lists that were emptied would have to grow again for every patient. */
  readonly #counts: number[] = MEAL_PLAN.map(() => 0);

  readonly #walk = new Walk();

  constructor(private readonly catalogue: Catalogue) {
    this.#barredOn = new Float64Array(catalogue.dishes.length);
    this.#isVegetable = Uint8Array.from(catalogue.offers, (offer) => (isVegetableDish(offer) ? 1 : 0));
    const isBowl = catalogue.dishes.map(isBowlSoup);
    this.#isProtein = Uint8Array.from(catalogue.offers, (offer) => (isProteinDish(offer) && isBowl[offer.dish] !== true ? 1 : 0));
  }

  /** The same inputs, book and seed give the same dishes, after any other user. `portions` is how many times the plan's dishes are wanted. */
  pick(inputs: PatientInputs, book: FoodBook, seed: PickSeed, portions = 1): PickedDiet {
    this.#day += 1;
    this.#bar(inputs.recent, book);
    this.#bar(inputs.today, book); // is part of `recent`; a reader that left it out must not serve dinner again for breakfast
    const candidates = this.catalogue.candidates(inputs.allergens, inputs.profile?.preferences, notToBeOffered(inputs.profile));
    let shortSlots = 0;
    this.#counts.fill(0);
    // What each meal needs comes before what any of them has beside it, or lunch would eat the last protein of dinner.
    for (const slots of SLOTS_OF_MEAL) this.#ensure(slots, candidates, seed, this.#isProtein);
    for (const slots of SLOTS_OF_MEAL) this.#ensure(slots, candidates, seed, this.#isVegetable);
    for (let slot = 0; slot < MEAL_PLAN.length; slot += 1) {
      const wanted = portions * (MEAL_PLAN[slot]?.count ?? 0);
      if (!this.#fill(slot, candidates[slot] ?? EMPTY, seed, wanted)) shortSlots |= 1 << slot;
    }
    return { meals: [this.#mealOf(0), this.#mealOf(1), this.#mealOf(2)], shortSlots };
  }

  #mealOf(meal: number): number[] {
    const offers: number[] = [];
    for (const slot of SLOTS_OF_MEAL[meal] ?? []) {
      for (let at = 0; at < (this.#counts[slot] ?? 0); at += 1) offers.push(this.#dealt[slot]?.[at] ?? 0);
    }
    return offers;
  }

  /** Whether a slot holds a dish that `has` what a meal needs. */
  #holds(slot: number, has: Uint8Array): boolean {
    for (let at = 0; at < (this.#counts[slot] ?? 0); at += 1) if (has[this.#dealt[slot]?.[at] ?? 0] === 1) return true;
    return false;
  }

  #bar(eaten: readonly number[], book: FoodBook): void {
    for (let at = 0; at < eaten.length; at += 1) {
      const dish = book.get(eaten[at] as number)?.dish ?? -1;
      if (dish >= 0) this.#barredOn[dish] = this.#day;
    }
  }

  /** Takes an offer unless its dish is barred or taken. */
  #take(slot: number, offer: number): boolean {
    const dish = this.catalogue.dishOf[offer] ?? 0;
    if (this.#barredOn[dish] === this.#day) return false;
    this.#barredOn[dish] = this.#day;
    const count = this.#counts[slot] ?? 0;
    (this.#dealt[slot] as number[])[count] = offer;
    this.#counts[slot] = count + 1;
    return true;
  }

  /** Deals one dish that `has` what a meal needs into the first slot that has one, unless the meal has one already. */
  #ensure(slots: readonly number[], candidates: readonly Uint16Array[], seed: PickSeed, has: Uint8Array): void {
    for (let each = 0; each < slots.length; each += 1) if (this.#holds(slots[each] as number, has)) return;
    const order = LARGEST_FIRST.get(slots) ?? slots;
    const most = LARGEST_COUNT.get(slots) ?? 0;
    // Of slots that want as many another one has its turn each day, or breakfast would always begin with the one rice that has an egg in it.
    const turn = most === 0 ? 0 : ((mix(seed.person ^ TURNS) >>> 16) + seed.day) % most;
    for (let each = 0; each < order.length; each += 1) {
      const slot = order[each < most ? (each + turn) % most : each] as number;
      if ((this.#counts[slot] ?? 0) >= (MEAL_PLAN[slot]?.count ?? 0)) continue;
      const list = candidates[slot] ?? EMPTY;
      this.#walk.begin(list.length, seed, slot + MEAL_PLAN.length, 1);
      for (let step = 0; step < list.length; step += 1) {
        const offer = list[this.#walk.next()] ?? 0;
        if (has[offer] === 1 && this.#take(slot, offer)) return;
      }
    }
  }

  #fill(slot: number, candidates: Uint16Array, seed: PickSeed, wanted: number): boolean {
    this.#walk.begin(candidates.length, seed, slot, wanted);
    for (let step = 0; step < candidates.length && (this.#counts[slot] ?? 0) < wanted; step += 1)
      this.#take(slot, candidates[this.#walk.next()] ?? 0);
    return (this.#counts[slot] ?? 0) >= wanted;
  }
}

const EMPTY = new Uint16Array(0);

/** A meal's slots, those that want most dishes first: a slot of two that held nothing but what the meal needs would never show the rest of its dishes. */
const LARGEST_FIRST: ReadonlyMap<readonly number[], readonly number[]> = new Map(
  SLOTS_OF_MEAL.map((slots) => [slots, slots.toSorted((a, b) => (MEAL_PLAN[b]?.count ?? 0) - (MEAL_PLAN[a]?.count ?? 0))]),
);

/** How many of them want as many as the first. */
const LARGEST_COUNT: ReadonlyMap<readonly number[], number> = new Map(
  [...LARGEST_FIRST].map(([slots, order]) => [
    slots,
    order.filter((slot) => MEAL_PLAN[slot]?.count === MEAL_PLAN[order[0] ?? -1]?.count).length,
  ]),
);
/** Of no slot's walk. */
const TURNS = 0x51_7e_d2_01;

/** A patient's way through the candidates of a slot: every place once, in steps that have no divisor in common with their number. One serves slot after slot. */
class Walk {
  #size = 0;
  #stride = 1;
  #place = 0;

  /** Stands before the first place of `size`. */
  begin(size: number, { person, day }: PickSeed, slot: number, wanted: number): void {
    const hash = mix(person ^ Math.imul(slot + 1, 0x9e37_79b9)) >>> 0;
    const all = stridesOf(size);
    const stride = all[(hash >>> 16) % all.length] ?? 1;
    // The day's first place lies where the day before ended; in two steps, so that no product leaves the whole numbers.
    const ahead = size === 0 ? 0 : ((((day % size) * wanted) % size) * stride) % size;
    this.#size = size;
    this.#stride = stride;
    this.#place = (size === 0 ? 0 : ((hash & 0xffff) + ahead) % size) - stride;
  }

  /** The next place. */
  next(): number {
    this.#place += this.#stride;
    if (this.#place >= this.#size) this.#place -= this.#size;
    return this.#place;
  }
}

/** A cache, by size. */
const strides: (readonly number[] | undefined)[] = [];

/** Numbers up to `size` that have no divisor in common with it. Kept: a catalogue has a few dozen sizes. */
function stridesOf(size: number): readonly number[] {
  return (strides[size] ??= Array.from({ length: size }, (_, at) => at + 1).filter((stride) => commonDivisor(stride, size) === 1));
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
