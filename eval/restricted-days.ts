import type { Catalogue } from '../src/domain/advice/catalogue/catalogue.js';
import { DietPicker } from '../src/domain/advice/diet-picker.js';
import type { PatientInputs } from '../src/domain/advice/patient-inputs.js';
import { LACTOSE_INTOLERANCE_BIT, allergenBit } from '../src/domain/advice/restrictions.js';
import { personSeed } from '../src/domain/advice/seeded-random.js';
import type { Menu } from './oracle/menu.js';
import { AVOIDED, type Avoided } from './oracle/words.js';
import type { EvalSet } from './patients.js';

/** Days over which each set of restrictions is followed. */
export const RESTRICTED_DAYS = 1_400;

/** Every set of the seven flags of a profile, the empty one first. */
export const COMBINATIONS: readonly (readonly Avoided[])[] = Array.from({ length: 2 ** AVOIDED.length }, (_, bits) =>
  AVOIDED.filter((_each, at) => (bits & (1 << at)) !== 0),
);

/** Bits of a combination as IBSafe's flags set them. */
export function maskOf(avoids: readonly Avoided[]): number {
  return avoids.reduce((mask, each) => mask | (each === 'LACTOSE' ? LACTOSE_INTOLERANCE_BIT : allergenBit(each)), 0);
}

/** What is offered over many days, looked at with the oracle's own reading of labels and recipes: once for each offer. */
export class RestrictedDays {
  /** By offer: what a dish may hold by any way of cooking that its label allows. */
  readonly #mayHold: readonly ReadonlySet<Avoided>[];

  constructor(
    private readonly catalogue: Catalogue,
    menu: Menu,
    private readonly set: EvalSet,
  ) {
    this.#mayHold = catalogue.offers.map(({ labelKo }) => {
      const ways = menu.serving(labelKo);
      return ways.length === 0 ? new Set(AVOIDED) : new Set(ways.flatMap(({ plate }) => [...plate.mayHold]));
    });
  }

  /** How many dishes patients with these restrictions are offered, and which of them hold something `barred`. */
  of(avoids: readonly Avoided[], barred: readonly Avoided[] = avoids): { readonly dishes: number; readonly found: readonly string[] } {
    const picker = new DietPicker(this.catalogue);
    const found = new Set<string>();
    let dishes = 0;
    for (let day = 0; day < RESTRICTED_DAYS; day += 1) {
      const { inputs } = this.set.patients[day % this.set.patients.length] as { inputs: PatientInputs };
      const seed = { person: personSeed(inputs.userId, 'rules'), day };
      const { meals } = picker.pick({ ...inputs, allergens: maskOf(avoids) }, this.set.book, seed);
      for (const place of meals.flat()) {
        dishes += 1;
        for (const each of barred)
          if (this.#mayHold[place]?.has(each) !== false) found.add(`${each} in ${this.catalogue.offers[place]?.labelKo}`);
      }
    }
    return { dishes, found: [...found] };
  }
}
