import type { Catalogue } from './catalogue/catalogue.js';
import type { Ingredient } from './catalogue/ingredient.js';

/** What a food of IBSafe's table is to the catalogue: one of its dishes, an ingredient eaten as it is, or nothing that it knows. */
export type MatchedFood =
  | { readonly is: 'DISH'; /** Place in `Catalogue.dishes`. */ readonly dish: number }
  | { readonly is: 'INGREDIENT'; readonly ingredient: Ingredient }
  | { readonly is: 'UNKNOWN' };

/**
 * Matches a row of `ibsafe_food`: by its code, else by its name, a dish before an ingredient of the same name. A name matches as a whole: spaces, Latin capitals and a note in brackets that
 * changes nothing of the food (생것, 국산, 1인분 …) apart, and in the two spellings of food tables, 김밥_참치 and 찌개_된장찌개. A part of a name never matches: 사과파이 is no apple, and what was only
 * guessed would be praised or warned of.
 */
export function matchFood(
  { foodCode, foodName }: { readonly foodCode: string; readonly foodName: string },
  catalogue: Catalogue,
): MatchedFood {
  const byCode = catalogue.indexOfCode(foodCode);
  if (byCode >= 0) return { is: 'DISH', dish: byCode };
  const spellings = spellingsOf(foodName);
  for (const name of spellings) {
    const dish = catalogue.indexOfName(name);
    if (dish >= 0) return { is: 'DISH', dish };
  }
  for (const name of spellings) {
    const ingredient = catalogue.ingredientOfName(name);
    if (ingredient !== undefined) return { is: 'INGREDIENT', ingredient };
  }
  return { is: 'UNKNOWN' };
}

/** Notes that say where a food is from, how big it is or that nothing was done to it. Dried, canned, fried, sweetened and the like are other foods. */
const EMPTY_NOTE = /^(?:생것|생|날것|국산|국내산|수입산|수입|1인분|일인분|1회 ?제공량|소|중|대|평균|전체|일반|가정식|가정용|외식|시판)$/u;

function spellingsOf(foodName: string): readonly string[] {
  const name = withoutEmptyNote(foodName.normalize('NFC').trim());
  const [kind = '', which = '', ...more] = name.split('_').map((part) => part.trim());
  if (kind === '' || which === '' || more.length > 0) return name === foodName ? [name] : [foodName, name];
  return which.endsWith(kind) ? [foodName, which] : [foodName, `${which}${kind}`];
}

function withoutEmptyNote(name: string): string {
  const [, plain, note] = /^([^()]+)\(([^()]*)\)$/u.exec(name) ?? [];
  return plain !== undefined && note !== undefined && EMPTY_NOTE.test(note.trim()) ? plain.trim() : name;
}
