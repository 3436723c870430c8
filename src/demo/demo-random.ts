/**
 * A stream of random numbers fixed by its keys: the same keys give the same numbers on every machine, in every version of Node.
 * Splitmix32 (the 32-bit finaliser of Steele, Lea and Flood's SplitMix, with the multipliers of the "lowbias32" search): far more even than
 * invented patients need, and three multiplications a number.
 */
export class DemoRandom {
  #state: number;

  /** Keys are whole numbers; they are mixed in order, so (1, 2) and (2, 1) are different streams. */
  constructor(first: number, second: number, third: number) {
    this.#state = scramble(scramble(scramble(first) + second) + third);
  }

  /** A number from 0 (included) to 1 (excluded). */
  fraction(): number {
    this.#state = (this.#state + 0x9e37_79b9) | 0;
    return (scramble(this.#state) >>> 0) / 4_294_967_296;
  }

  /** True in a share of cases: 0 never, 1 always. */
  chance(share: number): boolean {
    return this.fraction() < share;
  }

  /** A whole number from 0 to `count` - 1. */
  below(count: number): number {
    return Math.floor(this.fraction() * count);
  }

  /** One of a list. Throws a RangeError for an empty one. */
  pick<T>(list: readonly T[]): T {
    const picked = list[this.below(list.length)];
    if (picked === undefined) throw new RangeError('nothing to pick from: the list is empty');
    return picked;
  }

  /** A whole number around `mean`: three uniform numbers make a bell that never leaves mean ± 3 deviations. */
  around(mean: number, deviation: number): number {
    return Math.round(mean + deviation * 2 * (this.fraction() + this.fraction() + this.fraction() - 1.5));
  }
}

function scramble(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x21f0_aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a_2d97);
  return x ^ (x >>> 15);
}
