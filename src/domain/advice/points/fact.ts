import type { Scene } from './scene.js';

/** What a fact is about: the patient and their day, one food that was eaten, or one dish that is offered. */
export type FactScope = 'PATIENT' | 'EATEN' | 'DISH';

/** A named figure that conditions and wordings may speak of. Every value is a number: flags are 0 or 1, words their place in `words`. */
export interface Fact {
  /** `day.high`: what it is about, and what of it. */
  readonly name: string;
  readonly scope: FactScope;
  /** The words it can be, for a fact that is no figure. */
  readonly words?: readonly string[];
  /** Whether it is 0 or 1 (or NaN): such a fact alone is a condition. */
  readonly isFlag?: true;
  /** What it is, with unit and range: the independent check computes it from the raw records by this sentence alone. */
  readonly meaning: string;
  /** How a wording writes it; absent for a fact that no text may hold. */
  readonly written?: (value: number, language: 'ko' | 'en') => string;
  /** Its value; NaN where it is not known, which makes every comparison false. */
  readonly of: (scene: Scene) => number;
}
