import type { CatalogueFood } from './catalogue-food.js';
import { matchName } from './match-name.js';
import { MEAL_PLAN, type PlanSlot } from './meal-plan.js';
import { allergenBit, allergensToAvoid, ALLERGENS } from './patient-inputs.js';

/**
 * The foods that advice is made of, indexed once so that a user costs no search: a food is its index, its allergens a mask,
 * and the candidates of every slot of the plan a short list per combination of allergies.
 */
export class Catalogue {
  /** Bits of `allergenBit` by food index. */
  readonly allergens: Uint8Array;
  readonly #indexByCode = new Map<string, number>();
  readonly #indexByName = new Map<string, number>();
  /** By allergy mask: 64 combinations at most, made when first met. */
  readonly #candidates: (readonly Uint16Array[] | undefined)[] = Array.from({ length: 1 << ALLERGENS.length });

  /** @throws RangeError for a code or a name that two foods share: either would make an eaten food ambiguous. */
  constructor(readonly foods: readonly CatalogueFood[]) {
    this.allergens = Uint8Array.from(foods, (food) => food.allergens.reduce((mask, allergen) => mask | allergenBit(allergen), 0));
    foods.forEach((food, index) => {
      claim(this.#indexByCode, food.code, index);
      claim(this.#indexByName, matchName(food.nameKo), index);
      claim(this.#indexByName, matchName(food.nameEn), index);
    });
  }

  /** The index of a food with this code, or else with this Korean or English name however it is spaced; -1 when there is none. */
  indexOf(code: string, name: string): number {
    return this.#indexByCode.get(code) ?? this.indexOfName(name);
  }

  /** The index of the food with this code; -1 when there is none. */
  indexOfCode(code: string): number {
    return this.#indexByCode.get(code) ?? -1;
  }

  /** The index of a food with this Korean or English name however it is spaced; -1 when there is none. */
  indexOfName(name: string): number {
    return this.#indexByName.get(matchName(name)) ?? -1;
  }

  /**
   * For each slot of `MEAL_PLAN` the indexes of the foods that may fill it for someone with these allergies (bits as in `PatientInputs.allergens`):
   * LOW, of the slot's category, offered at its meal, free of the allergens.
   */
  candidates(allergens: number): readonly Uint16Array[] {
    const avoid = allergensToAvoid(allergens);
    return (this.#candidates[avoid] ??= MEAL_PLAN.map((slot) => this.#candidatesOf(slot, avoid)));
  }

  #candidatesOf(slot: PlanSlot, avoid: number): Uint16Array {
    const fits = this.foods.flatMap((food, index) => {
      const safe = food.fodmap === 'LOW' && ((this.allergens[index] ?? 0) & avoid) === 0;
      return safe && food.category === slot.category && food.meals.includes(slot.meal) ? [index] : [];
    });
    return Uint16Array.from(fits);
  }
}

function claim(indexes: Map<string, number>, key: string, index: number): void {
  const holder = indexes.get(key);
  if (holder !== undefined && holder !== index)
    throw new RangeError(`a food's code and names are its own, found ${JSON.stringify(key)} twice in the catalogue`);
  indexes.set(key, index);
}
