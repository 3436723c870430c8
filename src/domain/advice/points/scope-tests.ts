import { compares, type Test } from './condition.js';
import { NOT_ASKED, type Fact } from './fact.js';
import type { Scene } from './scene.js';

/** Points that one number holds a bit of. */
const BITS = 32;

/**
 * The comparisons of facts with figures that points make within one scope (the patient, a food, a dish), compiled from their conditions. The figures cut the values of a fact into classes that no
 * comparison tells apart: what is not known, below the first figure, at it, between it and the next one … Each class has a bit for every point that it keeps from nothing. A look at each fact so
 * does what a look at each comparison of each point did.
 */
export class ScopeTests {
  /** Numbers that a set of bits has. */
  readonly words: number;
  readonly #facts: readonly Fact[];
  /** By fact: its place among the values of the scope; where its figures begin (those of the next fact begin where they end); where the bits of its classes begin. */
  readonly #places: Uint8Array;
  readonly #figuresFrom: Uint16Array;
  readonly #bitsFrom: Uint32Array;
  readonly #figures: Float64Array;
  readonly #bits: Int32Array;

  /** @param tests by point, comparisons with figures of facts of one scope that must all hold */
  constructor(tests: readonly (readonly Test[])[]) {
    this.words = Math.ceil(tests.length / BITS);
    this.#facts = [...new Set(tests.flat().map(({ fact }) => fact))];
    const figures = this.#facts.map((fact) => figuresOf(fact, tests.flat()));
    const bits = this.#facts.map((fact, at) => samplesOf(figures[at] ?? []).flatMap((sample) => this.#bitsOf(fact, sample, tests)));
    this.#places = Uint8Array.from(this.#facts, ({ place }) => place ?? 0);
    this.#figuresFrom = Uint16Array.from(startsOf(figures));
    this.#bitsFrom = Uint32Array.from(startsOf(bits));
    this.#figures = Float64Array.from(figures.flat());
    this.#bits = Int32Array.from(bits.flat());
  }

  /** Writes into `bits` a bit for each point all of whose comparisons hold. `values` are those of the scope's facts, as far as they were asked for. */
  write(bits: Int32Array, values: number[], scene: Scene): void {
    const { words } = this;
    const places = this.#places;
    const figures = this.#figures;
    const figuresFrom = this.#figuresFrom;
    const all = this.#bits;
    for (let word = 0; word < words; word += 1) bits[word] = -1;
    for (let at = 0; at < places.length; at += 1) {
      const place = places[at] as number;
      let value = values[place] as number;
      if (value === NOT_ASKED) values[place] = value = (this.#facts[at] as Fact).of(scene);
      // The class of the value, as `samplesOf` counts them.
      let ofClass = Number.isNaN(value) ? 0 : 1;
      const end = figuresFrom[at + 1] as number;
      for (let each = figuresFrom[at] as number; each < end; each += 1) {
        if (value > (figures[each] as number)) ofClass += 2;
        else if (value === figures[each]) ofClass += 1;
      }
      const first = (this.#bitsFrom[at] as number) + ofClass * words;
      for (let word = 0; word < words; word += 1) bits[word] = (bits[word] as number) & (all[first + word] as number);
    }
  }

  #bitsOf(fact: Fact, sample: number, tests: readonly (readonly Test[])[]): number[] {
    const bits = Array.from({ length: this.words }, () => 0);
    tests.forEach((own, point) => {
      const isKept = own.some((test) => test.fact === fact && !compares(sample, test.comparison, test.value));
      if (!isKept) bits[point >>> 5] = (bits[point >>> 5] ?? 0) | (1 << (point & (BITS - 1)));
    });
    return bits;
  }
}

/** Whether a point's bit is set. */
export function hasBit(bits: Int32Array, point: number): boolean {
  return ((bits[point >>> 5] as number) & (1 << (point & (BITS - 1)))) !== 0;
}

/** The figures that a fact is compared with, ascending, each once. */
function figuresOf(fact: Fact, tests: readonly Test[]): number[] {
  const own = tests.filter((test) => test.fact === fact && test.comparison !== 'KNOWN');
  return [...new Set(own.map(({ value }) => value))].toSorted((a, b) => a - b);
}

/** A value of each class: not known, below the first figure, the first figure, between it and the second … */
function samplesOf(figures: readonly number[]): number[] {
  const above = figures.flatMap((figure, at) => [figure, (figure + (figures[at + 1] ?? figure + 2)) / 2]);
  return [Number.NaN, (figures[0] ?? 0) - 1, ...above];
}

/** Where each list begins in all of them together, and where the last one ends. */
function startsOf(lists: readonly (readonly unknown[])[]): number[] {
  let end = 0;
  return [0, ...lists.map(({ length }) => (end += length))];
}
