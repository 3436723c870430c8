import { SeededRandom } from '../test/support/seeded-random.js';
import { FIRST_ID, type FoodTable } from './foods.js';
import { AVOIDED, type Avoided } from './oracle/words.js';
import type { DayRow, EatenRow } from './oracle/records.js';

/** Draws of one patient: the same seed, the same patient. */
export class Draw {
  readonly #random = new SeededRandom();

  constructor(
    seed: number,
    private readonly counts: FoodTable['counts'],
  ) {
    this.#random.reseed(seed);
  }

  /** Ends included. */
  whole(least: number, most: number): number {
    return least + this.#random.below(most - least + 1);
  }

  oneOf<T>(values: readonly T[]): T {
    return values[this.whole(0, values.length - 1)] as T;
  }

  /** Mostly dishes of the catalogue, some of its ingredients, some foods that only IBSafe knows. */
  food(): number {
    const kind = this.whole(1, 10);
    if (kind <= 7) return FIRST_ID.dishes + this.whole(0, this.counts.dishes - 1);
    return kind <= 9
      ? FIRST_ID.ingredients + this.whole(0, this.counts.ingredients - 1)
      : FIRST_ID.own + this.whole(0, this.counts.own - 1);
  }

  /** Records of a day: a food stands once at a meal. Amounts are those of people: servings, halves, blanks and slips. */
  day(daysAgo: number, count: number): EatenRow[] {
    const rows = new Map<string, EatenRow>();
    while (rows.size < count) {
      const [foodId, meal] = [this.food(), this.oneOf(['breakfast', 'lunch', 'dinner'])];
      rows.set(`${foodId} ${meal}`, { foodId, meal, daysAgo, amount: this.oneOf([null, 40, 100, 150, 210, 300, 450, 99_999]) });
    }
    return [...rows.values()];
  }

  /** Steps of the last days, the record date among them. */
  steps(days: number, least: number, most: number): DayRow[] {
    return Array.from({ length: days }, (_, daysAgo) => ({ daysAgo, value: this.whole(least, most) }));
  }

  avoids(count: number): ReadonlySet<Avoided> {
    const some = new Set<Avoided>();
    while (some.size < count) some.add(this.oneOf(AVOIDED));
    return some;
  }
}
