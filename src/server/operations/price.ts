/** What an operation may come to. */
export interface Price {
  /** The most values that its answer can hold, each with its weight. */
  readonly price: number;
  /** Where most of it lies, as a path of the answer: the innermost list or heavy field. Empty when no single one has half of it. */
  readonly dearest: readonly string[];
}

/** Thrown for a document so entangled that its price cannot be found. */
export class Unpriceable extends Error {}
