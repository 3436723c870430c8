import { COMPARISONS, holdsOf, type Conjunction, type Test } from './condition.js';
import { NOT_ASKED, type Fact } from './fact.js';
import type { Point } from './point.js';
import type { Scene } from './scene.js';

/** The parts of a condition, as rows of `PointTests`. */
export const [PATIENT, EATEN, DISH] = [0, 1, 2];
const SCOPES = ['PATIENT', 'EATEN', 'DISH'] as const;

const WAYS: readonly Test['comparison'][] = [...COMPARISONS, 'KNOWN'];
/** Places in `WAYS`; 6 is KNOWN. */
const [EQUAL, UNEQUAL, BELOW, AT_MOST, ABOVE, AT_LEAST] = [0, 1, 2, 3, 4, 5];

/**
 * The conditions of a vocabulary's points laid out in a few short lists, a comparison of a fact with a figure at each place: every patient is asked a hundred of them, and as objects that point to each other they
 * cost most of what an advice did. The same as `holdsOf`, which does what is more than such a comparison.
 */
export class PointTests {
  /** Where the comparisons of a point's part begin: by point, and within one by part. Those of the next part begin where they end. */
  readonly #from: Uint16Array;
  /** What of a part is no such comparison; null for most. */
  readonly #more: readonly (Conjunction | null)[];
  /** By comparison: the place of the fact among those of its scope, the way, and the figure. */
  readonly #places: Uint8Array;
  readonly #ways: Uint8Array;
  readonly #figures: Float64Array;
  readonly #facts: readonly Fact[];

  constructor(points: readonly Point[]) {
    const parts = points.flatMap(({ when }) => [when.patient, when.eaten, when.dish].map((all, part) => parted(all, part)));
    const tests = parts.flatMap(({ plain }) => plain);
    let end = 0;
    this.#from = Uint16Array.from([0, ...parts.map(({ plain }) => (end += plain.length))]);
    this.#more = parts.map(({ more }) => (more.tests.length + more.rest.length === 0 ? null : more));
    this.#places = Uint8Array.from(tests, ({ fact }) => fact.place ?? 0);
    this.#ways = Uint8Array.from(tests, ({ comparison }) => WAYS.indexOf(comparison));
    this.#figures = Float64Array.from(tests, ({ value }) => value);
    this.#facts = tests.map(({ fact }) => fact);
  }

  /** Whether a part of a point's condition holds of a scene; `values` are those of the facts that the part speaks of, as far as they were asked for. */
  holds(row: number, values: number[], scene: Scene): boolean {
    const end = this.#from[row + 1] as number;
    for (let at = this.#from[row] as number; at < end; at += 1) {
      const place = this.#places[at] as number;
      let value = values[place] as number;
      if (value === NOT_ASKED) values[place] = value = (this.#facts[at] as Fact).of(scene);
      if (!compares(value, this.#ways[at] as number, this.#figures[at] as number)) return false;
    }
    const more = this.#more[row] as Conjunction | null;
    return more === null || holdsOf(more, scene);
  }
}

/** The row of a part of a point. */
export function rowOf(point: number, part: number): number {
  return point * SCOPES.length + part;
}

function parted({ tests, rest }: Conjunction, part: number): { plain: readonly Test[]; more: Conjunction } {
  const isPlain = ({ fact, other }: Test): boolean => fact.scope === SCOPES[part] && fact.place !== undefined && other === null;
  return { plain: tests.filter(isPlain), more: { tests: tests.filter((test) => !isPlain(test)), rest } };
}

/** What is not known passes nothing, `!=` included. */
function compares(a: number, way: number, b: number): boolean {
  if (way === EQUAL) return a === b;
  if (way === AT_LEAST) return a >= b;
  if (way === ABOVE) return a > b;
  if (way === BELOW) return a < b;
  if (way === AT_MOST) return a <= b;
  if (way === UNEQUAL) return a !== b && !Number.isNaN(a) && !Number.isNaN(b);
  return !Number.isNaN(a);
}
