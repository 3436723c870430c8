import { SeededRandom } from '../support/seeded-random.js';

/** What a seed draws: the same on every machine, so that a seed that failed fails again. */
export class Draws {
  private readonly random = new SeededRandom();

  constructor(readonly seed: number) {
    this.random.reseed(Math.imul(seed, 0x2545_f491));
  }

  /** A whole number from 0 to `count` - 1. */
  below(count: number): number {
    return this.random.below(count);
  }

  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number {
    return least + this.random.below(most - least + 1);
  }

  /** One of a list that is not empty. */
  pick<T>(list: readonly [T, ...T[]] | readonly T[]): T {
    return list[this.random.below(list.length)] as T;
  }

  /** So many different ones of a list, in its order. */
  some<T>(list: readonly T[], count: number): T[] {
    const places = list.map((_, place) => place);
    while (places.length > count) places.splice(this.random.below(places.length), 1);
    return places.map((place) => list[place] as T);
  }
}
