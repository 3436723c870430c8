import { assertNever } from '../../assert-never.js';
import { valueOf, type Fact, type FactScope } from './fact.js';
import type { Scene } from './scene.js';

/** How a fact is compared with a figure or with another fact. */
export const COMPARISONS = ['=', '!=', '<', '<=', '>', '>='] as const;

/** A condition that holds of a scene or not. Pure. */
export type Holds = (scene: Scene) => boolean;

/** What must hold together: comparisons as data, so that they are one loop instead of a call for each, and what is more than one comparison. */
export interface Conjunction {
  readonly tests: readonly Test[];
  readonly rest: readonly Holds[];
}

/** A comparison of a fact with a figure or another fact; KNOWN asks only that there is a value. */
export interface Test {
  readonly fact: Fact;
  readonly comparison: (typeof COMPARISONS)[number] | 'KNOWN';
  readonly value: number;
  readonly other: Fact | null;
}

/** A condition, taken apart by what its parts speak of, so that what is true of the patient is asked once and not for every food and dish. */
export interface Condition {
  readonly patient: Conjunction;
  readonly eaten: Conjunction;
  /** What speaks of a dish, alone or beside a food. */
  readonly dish: Conjunction;
  /** Whether it asks for a dish of a composed meal: those come first, and no other needs to be tried. */
  readonly isOfComposed: boolean;
  /** Whether anything in it speaks of a food or of a dish. */
  readonly speaksOf: ReadonlySet<FactScope>;
  /** The facts that it compares, each once, in the order in which it names them. */
  readonly facts: readonly Fact[];
}

/** Whether all of it holds of a scene. */
export function holdsOf({ tests, rest }: Conjunction, scene: Scene): boolean {
  for (let at = 0; at < tests.length; at += 1) if (!passes(tests[at] as Test, scene)) return false;
  return rest.every((holds) => holds(scene));
}

/** Whether a comparison holds of a scene. */
export function passes({ fact, comparison, value, other }: Test, scene: Scene): boolean {
  return compares(valueOf(fact, scene), comparison, other === null ? value : valueOf(other, scene));
}

/** What is not known passes nothing, `!=` included. KNOWN asks nothing of the second figure. */
export function compares(a: number, comparison: Test['comparison'], b: number): boolean {
  switch (comparison) {
    case '=':
      return a === b;
    case '!=':
      return a !== b && !Number.isNaN(a) && !Number.isNaN(b);
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    case 'KNOWN':
      return !Number.isNaN(a);
    default:
      return assertNever(comparison);
  }
}
