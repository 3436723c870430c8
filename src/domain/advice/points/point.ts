import type { Condition } from './condition.js';
import type { Fact } from './fact.js';
import type { PointArgument, Wording } from './wording.js';

/** What points are about, in the order in which a text says them. */
export const POINT_FAMILIES = ['EATEN', 'FIBRE', 'PORTIONS', 'TOMORROW', 'COOKING', 'MEALS', 'WALKING', 'SLEEP', 'NEXT_STEPS'] as const;
export type PointFamily = (typeof POINT_FAMILIES)[number];

/** The texts of IBSafe's row that points are rendered into. */
export const POINT_FIELDS = ['DIET_EVALUATION', 'SUMMARY', 'EXERCISE_EVALUATION', 'SLEEP_EVALUATION'] as const;
export type PointField = (typeof POINT_FIELDS)[number];

/** A row of the vocabulary: something that can be said to a patient, and when it is true. */
export interface Point {
  /** Unique, in capitals: `SWAP`. */
  readonly id: string;
  readonly family: PointFamily;
  readonly field: PointField;
  readonly args: readonly PointArgument[];
  readonly when: Condition;
  /** What it rests on: the facts of its condition, and the figures that its wordings write. */
  readonly facts: readonly Fact[];
  /** Higher ones are said first; 100 and above are said whenever they are true, chosen or not. */
  readonly priority: number;
  /** Whether a patient for which it is true is in danger without it: where it may not be said, there is no advice. */
  readonly warns?: true | undefined;
  readonly wordings: { readonly ko: readonly Wording[]; readonly en: readonly Wording[] };
  /** Condition and wordings as they are written in `data/points`: what is signed. */
  readonly written: { readonly when: string; readonly ko: readonly string[]; readonly en: readonly string[] };
  /** Places of wordings that were recalled and have no turn, in each language at least one fewer than there are; absent for none. */
  readonly silent?: { readonly ko: ReadonlySet<number>; readonly en: ReadonlySet<number> };
  /** Id in `data/sources.csv`, and where in it. */
  readonly source: string;
  readonly section: string;
  readonly reviewedBy: string;
  readonly reviewedOn: string;
}

/** From this priority on a point is said whenever it is true. */
export const ALWAYS_SAID = 100;

/** A point that was chosen for a patient, with its arguments as places; -1 for an argument that it does not take. */
export interface ChosenPoint {
  /** Place in the vocabulary. */
  readonly point: number;
  /** Id of the food in IBSafe's table. */
  readonly eaten: number;
  /** Place in `Catalogue.offers`. */
  readonly dish: number;
}
