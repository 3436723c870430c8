import { GOLDEN, mix } from '../../src/domain/advice/seeded-random.js';

/**
 * A stream of whole numbers fixed by its seed: the same seed gives the same numbers on every machine. `reseed` begins another one.
 *
 * Method: Weyl sequence with the 32-bit golden ratio, finished by the mixer of MurmurHash3 (Austin Appleby, public domain), which is the
 * 32-bit relative of splitmix. Even enough to draw dinners; nothing secret may hang on it.
 */
export class SeededRandom {
  #state = 0;

  /** Starts the stream of a seed; any 32 bits will do. */
  reseed(seed: number): void {
    this.#state = seed | 0;
  }

  /** A whole number from 0 to `count` - 1. `count` is 1 to 65,536; the share of a number is off by at most `count` / 65,536. */
  below(count: number): number {
    this.#state = (this.#state + GOLDEN) | 0;
    return ((mix(this.#state) >>> 16) * count) >>> 16;
  }
}
