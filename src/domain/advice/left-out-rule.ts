import type { Recipe } from './catalogue/recipe.js';
import type { RefusedFoods } from './patient-inputs.js';

/** Something that is left out: told by the recipe of a food that the catalogue knows, by the name of any other. */
export interface LeftOutRule {
  /** Of `reasonBit`. */
  readonly bit: number;
  /** In words of the catalogue; null for what none of its ingredients is, so that names alone tell it. */
  readonly said: RefusedFoods | null;
  readonly isNamed: ((name: string) => boolean) | undefined;
  /** Whether a recipe holds too much of something whatever its ingredients are. */
  readonly isMuch?: ((recipe: Recipe) => boolean) | undefined;
}
