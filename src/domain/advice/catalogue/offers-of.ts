import type { Offer, WrittenDish } from './dish.js';
import { judgeRecipe } from './judged-recipe.js';
import { labelEn, labelKo, leftOutBits } from './offer-label.js';
import { changedRecipe } from './recipe.js';

/**
 * The ways in which a dish may be offered. A way that does not come out LOW with every kind known is none, whatever the catalogue says of it: what is offered is computed.
 * @throws RangeError that names the dish for a change that cannot be made.
 */
export function offersOf(written: WrittenDish, dish: number): Offer[] {
  return written.variants.flatMap((changes) => {
    const judged = judgeRecipe(changedOf(written, changes));
    if (judged.fodmap !== 'LOW') return [];
    return [
      { dish, changes, judged, labelKo: labelKo(written, changes), labelEn: labelEn(written, changes), leftOut: leftOutBits(changes) },
    ];
  });
}

function changedOf({ code, recipe }: WrittenDish, changes: WrittenDish['variants'][number]): WrittenDish['recipe'] {
  try {
    return changedRecipe(recipe, changes);
  } catch (error) {
    throw new RangeError(`dish ${code} has a change that cannot be made: ${(error as Error).message}`, { cause: error });
  }
}
