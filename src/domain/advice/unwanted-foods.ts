import type { Catalogue } from './catalogue/catalogue.js';
import { dislikesOfRecipe } from './catalogue/dislikes.js';
import type { JudgedRecipe } from './catalogue/judged-recipe.js';
import { refusedOffers } from './catalogue/refused-offers.js';
import { isFatty } from './catalogue/fat.js';
import { isSalty } from './catalogue/sodium.js';
import { notToBeOffered } from './foods-of-age.js';
import type { FoodFacts, PatientProfile } from './patient-inputs.js';

/** Whether a food, as it is usually cooked, is none to be recommended to a patient. */
export type IsUnwanted = (facts: FoodFacts) => boolean;

/** Of a patient who wants everything. */
export const NOTHING_UNWANTED: IsUnwanted = () => false;

/** A cache: a recipe goes against the same preferences each time. */
const known = new WeakMap<JudgedRecipe, number>();

/** What a profile says is not eaten, or must not be, and what is not safe at its age: asked of foods that were eaten, for they are in no menu that leaves them out. */
export function unwantedBy(profile: PatientProfile | undefined, catalogue: Catalogue): IsUnwanted {
  const preferences = profile?.preferences ?? 0;
  const said = notToBeOffered(profile);
  if (preferences === 0 && said === undefined) return NOTHING_UNWANTED;
  if (said?.isAll === true) return () => true;
  const refused = said && refusedOffers(catalogue, said);
  return ({ loads, category, dish }) => {
    if (loads === null) return false;
    if ((againstOf(loads) & preferences) !== 0) return true;
    if (refused === undefined) return false;
    return (
      (category !== undefined && refused.categories.has(category)) ||
      refused.dishes.has(dish) ||
      loads.recipe.some(({ ingredient }) => refused.ingredients.has(ingredient)) ||
      (said?.isLessSalt === true && isSalty(loads.recipe)) ||
      (said?.isLessFat === true && isFatty(loads.recipe))
    );
  };
}

function againstOf(judged: JudgedRecipe): number {
  let bits = known.get(judged);
  if (bits === undefined) known.set(judged, (bits = dislikesOfRecipe(judged.recipe, judged.hot)));
  return bits;
}
