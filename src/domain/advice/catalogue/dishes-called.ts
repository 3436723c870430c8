import type { Dish } from './dish.js';
import { matchName } from './match-name.js';

/** Endings of Korean nouns in a sentence, the longest first. */
export const ENDING = /(?:에는|에도|에서|까지|이랑|하고|류는|류가|류를|류|은|는|이|가|을|를|과|와|랑|도|만|에|의|요)$/u;

/**
 * Places of the dishes that go by a word, or by a name with it: 스테이크 is in 소고기안심스테이크. The soup that a patient does not eat is left out, whatever is in it: which of its foods is not borne is not
 * known, so that a word of what must be avoided stays one that is not understood.
 */
export function dishesCalled(word: string, { dishes }: { readonly dishes: readonly Dish[] }): readonly number[] {
  if (/^[a-z]+$/u.test(word)) return placesWhere(dishes, ({ nameEn }) => word.length > 3 && !COOKED.test(word) && nameEn.toLowerCase().split(/[^a-z]+/u).some((each) => each === word || `${each}s` === word)); // prettier-ignore
  const spellings = [word, word.replace(ENDING, '')].filter((each) => each.length > 1);
  return placesWhere(dishes, ({ nameKo }) => spellings.some((each) => matchName(nameKo).includes(each)));
}

function placesWhere(dishes: readonly Dish[], is: (dish: Dish) => boolean): readonly number[] {
  return dishes.flatMap((dish, place) => (is(dish) ? [place] : []));
}

/** What many names of dishes say of how they are made, and no dish goes by. */
const COOKED =
  /^(?:with|clear|plain|pure|thin|whole|stir|fried|grilled|steamed|braised|boiled|poached|blanched|seasoned|salt|soup|rice|beef|pork|chicken|firm|cooked)$/u;
