/**
 * A stream of whole numbers fixed by its seed: the same seed gives the same numbers on every machine. Reused from user to user (`reseed`), so that
 * the hot path allocates nothing.
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

/** 2^32 divided by the golden ratio, odd: steps through all 32-bit states before any repeats. */
const GOLDEN = 0x9e37_79b9;

/** FNV-1a over the code units of a text, going on from `hash`. */
function hashText(text: string, hash: number): number {
  let h = hash;
  for (let at = 0; at < text.length; at++) h = Math.imul(h ^ text.charCodeAt(at), 0x0100_0193);
  return h;
}

/** Mixes 32 bits so that each of them hangs on all. */
export function mix(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85eb_ca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2_ae35);
  return x ^ (x >>> 16);
}

/** The seed of one user under one version of the rules, the same on every day. */
export function personSeed(userId: number, ruleVersion: string): number {
  return mix(hashText(ruleVersion, mix(userId ^ GOLDEN)));
}
