import type { RefusedFoods } from '../patient-inputs.js';
import type { Dish, FoodCategory, Offer } from './dish.js';
import type { Ingredient } from './ingredient.js';
import { matchName } from './match-name.js';
import { isNearly } from '../jamo.js';
import { ALLERGEN_BITS, allergenBit, LACTOSE_INTOLERANCE_BIT, type Allergen } from '../restrictions.js';
import { dishesCalled, ENDING } from './dishes-called.js';
import { changedRecipe } from './recipe.js';
import { isFatty } from './fat.js';
import { isSalty } from './sodium.js';

/** What a text is looked up in: a catalogue. */
interface Shelf {
  readonly dishes: readonly Dish[];
  readonly offers: readonly Offer[];
  readonly ingredients: readonly Ingredient[];
}

/** What a catalogue makes of the words of a patient. */
export interface RefusedOffers {
  /** The ingredients that are refused. */
  readonly ingredients: ReadonlySet<Ingredient>;
  /** Kinds of dishes that are refused. */
  readonly categories: ReadonlySet<FoodCategory>;
  /** Places in `Catalogue.dishes` of those that are refused by their names (`설렁탕 싫어요`). */
  readonly dishes: ReadonlySet<number>;
  /** By offer: 1 for one that is refused by its name, that holds an ingredient that is refused, or is of such a kind, or is too salty or too fatty. */
  readonly barred: Uint8Array;
  /** Whether something that must be avoided is not understood: no dish is left out for it. */
  readonly isUnread: boolean;
  /** `Catalogue.candidates` without them, by key. */
  readonly candidates: Map<number, readonly Uint16Array[]>;
}

/** Words that mean more ingredients than those that are called so. */
const KINDS: readonly (readonly [words: RegExp, is: (ingredient: Ingredient) => boolean])[] = [
  [/^(?:메밀|buckwheat)$/u, ({ id }) => /buckwheat|naengmyeon/u.test(id)],
  [/^(?:쌀|밥|찹쌀|멥쌀|rice)$/u, ({ id, nameEn }) => /\brice\b/iu.test(`${id} ${nameEn}`)],
  [
    /^잡곡밥?류?$/u,
    ({ id, group }) => group === 'GRAIN' && /^cooked-(?:brown|black|proso|foxtail|sorghum|buckwheat|quinoa|oats|barley)/u.test(id),
  ],
  [/^떡류?$/u, ({ id }) => id === 'rice-cake' || id === 'tteokbokki-cake'],
  [/^(?:파|대파|쪽파|실파|scallions?)$/u, ({ id }) => /scallion|leek|kimchi/u.test(id)],
  [/^(?:고추|고춧가루|chill?i|chili)$/u, ({ hot }) => hot],
  [/^(?:버섯|mushrooms?)$/u, ({ group }) => group === 'MUSHROOM'],
  [/^(?:과일|fruits?)$/u, ({ group }) => group === 'FRUIT'],
  [/^(?:해조|해초|seaweed)$/u, ({ group }) => group === 'SEAWEED'],
  [/^(?:유제품|우유|milk|dairy)$/u, ({ allergens }) => allergens.includes('MILK')],
  [/^(?:밀|밀가루|wheat|flour)$/u, ({ allergens, group }) => allergens.includes('GLUTEN') && group === 'GRAIN'],
  [/^(?:달걀|계란|eggs?)$/u, ({ allergens }) => allergens.includes('EGG')],
  [/^(?:갑각류?|shellfish|crustaceans?)$/u, ({ id }) => id === 'shrimp' || id === 'saeujeot' || id === 'fish-cake'],
  [/^(?:조개류?|패류?|어패류?|mollus[ck]s?)$/u, ({ id }) => ['clam', 'mussel', 'abalone', 'squid'].includes(id)],
  [/^(?:견과|nuts?)$/u, ({ group }) => group === 'NUT'],
  [/^(?:콩|beans?)$/u, ({ group }) => group === 'LEGUME' || group === 'SOYFOOD'],
  [/^돼지고기$/u, ({ id }) => /^(?:pork|ham|sausage)/u.test(id)],
  [/^소고기$/u, ({ id }) => /^(?:beef|ox)/u.test(id)],
  [/^닭고기$/u, ({ id }) => id.startsWith('chicken')],
  [/^(?:감귤|시트러스|citrus)$/u, ({ id }) => id === 'mandarin' || id === 'orange'],
  [/^kiwis?$/u, ({ id }) => id === 'kiwifruit'],
  [/^eggplants?$/u, ({ id }) => id === 'aubergine'],
  [/^(?:zucchinis?|squash)$/u, ({ id }) => id === 'courgette' || id === 'kabocha'],
  [/^(?:마늘|양파|생강|무|garlic|onions?|ginger)$/u, ({ id }) => id === 'kimchi' || id === 'radish-kimchi'],
  [/^(?:옥수수|corn|maize)$/u, ({ id }) => id === 'corn-syrup'],
  [/^고구마$/u, ({ id }) => id === 'cooked-glass-noodles'],
  [/^(?:카페인|caffeine)$/u, ({ id }) => id === 'green-tea'],
  [/^(?:오신채)$/u, ({ id }) => /garlic|onion|scallion|leek|kimchi/u.test(id)],
  [/^(?:베리|berr(?:y|ies))$/u, ({ id }) => id.endsWith('berry')],
];
/** Words that mean all that bears an allergen, and that are no ingredient's name. */
const GENERAL: readonly (readonly [name: string, bits: number])[] = [
  ...['해산물', '갑각류', '조개류', '생선', 'shellfish', 'seafood', 'shrimp', 'prawn'].map(
    (name) => [name, allergenBit('SEAFOOD')] as const,
  ),
  ...['견과류', '견과', 'peanut', 'almond', 'walnut'].map((name) => [name, allergenBit('NUT')] as const),
  ...['유제품', '요구르트', 'dairy', 'milk'].map((name) => [name, allergenBit('MILK')] as const),
  ...['글루텐', 'gluten', 'wheat'].map((name) => [name, allergenBit('GLUTEN')] as const),
  ...['대두', 'soybean'].map((name) => [name, allergenBit('SOY')] as const),
];
/** Words that mean a kind of dish, and not what is in it. */
const DISHES: readonly (readonly [words: RegExp, category: FoodCategory])[] = [
  [/^(?:죽|죽류|미음|porridges?|congee)$/u, 'PORRIDGE'],
  [/^(?:국|국물|국류|찌개|찌개류|탕|전골|국물요리|국물음식|soups?|stews?|broths?)$/u, 'SOUP_STEW'],
  [/^(?:면|면류|면요리|국수|국수류|noodles?)$/u, 'NOODLE'],
];
/** Foods that are in none of the catalogue's dishes, as a test holds: no dish has to be left out for them. */
export const IN_NO_DISH =
  /^(?:회|생선회|육회|날것|초밥|스시|양고기|염소고기?|칠면조고기?|말고기|곱창|대창|막창|순대|홍어|번데기|망고|두리안|고수|술|소주|맥주|알코올|커피|콜라|탄산음료|lamb|mutton|turkey|mangos?|coriander|cilantro|alcohol|coffee|cola)$/u;
/** A cache: a catalogue refuses the same each time. */
const known = new WeakMap<Shelf, WeakMap<RefusedFoods, RefusedOffers>>();

/** What is refused of a catalogue: worked out once for each text. */
export function refusedOffers(catalogue: Shelf, said: RefusedFoods): RefusedOffers {
  let ofCatalogue = known.get(catalogue);
  if (ofCatalogue === undefined) known.set(catalogue, (ofCatalogue = new WeakMap()));
  let refused = ofCatalogue.get(said);
  if (refused === undefined) ofCatalogue.set(said, (refused = refusedBy(catalogue, said)));
  return refused;
}

function refusedBy(
  catalogue: Shelf,
  { words, avoided, isUnnamed, isAll, isLessSalt, isLessFat, isAllergyUnnamed, doubtful = [], doubtfulBits = 0 }: RefusedFoods,
): RefusedOffers {
  const meant = new Map(words.map((word) => [word, meantBy(word, catalogue)]));
  const unknown = avoided.filter((word) => meant.get(word) === undefined && kindOfDish(word) === undefined);
  const isDoubtful = doubtful.some((word) => !isFood(word, catalogue));
  const hidden = (isDoubtful ? doubtfulBits : 0) | (isAllergyUnnamed === true ? ALLERGEN_BITS : 0);
  const guessed = [...unknown.flatMap((word) => nearlyMeantBy(word, catalogue)), ...bearing(hidden, catalogue)];
  const refused = new Set([...[...meant.values()].flatMap((each) => each ?? []), ...guessed]);
  const categories = new Set(words.flatMap((word) => kindOfDish(word) ?? []));
  const byName = words.filter((word) => meant.get(word) === undefined && kindOfDish(word) === undefined);
  const dishes = new Set(byName.flatMap((word) => dishesCalled(word, catalogue)));
  const barred = Uint8Array.from(catalogue.offers, ({ dish, changes }) => {
    if (isAll === true || dishes.has(dish)) return 1;
    const category = catalogue.dishes[dish]?.category;
    if (category !== undefined && categories.has(category)) return 1;
    const recipe = changedRecipe(catalogue.dishes[dish]?.recipe ?? [], changes);
    const isMuch = (isLessSalt === true && isSalty(recipe)) || (isLessFat === true && isFatty(recipe));
    return isMuch || recipe.some(({ ingredient }) => refused.has(ingredient)) ? 1 : 0;
  });
  return {
    ingredients: refused,
    categories,
    dishes,
    barred,
    isUnread: isUnnamed || unknown.length > 0 || isDoubtful,
    candidates: new Map(),
  };
}

/** The kind of dishes that a word means; undefined where it means none. */
function kindOfDish(word: string): FoodCategory | undefined {
  const bare = word.replace(ENDING, '');
  return DISHES.find(([words]) => words.test(word) || words.test(bare))?.[1];
}

/** Whether a word is that of a food: of an ingredient, or in a dish's name. */
function isFood(word: string, catalogue: Shelf): boolean {
  const names = (spelling: string): boolean =>
    spelling.length > 1 && catalogue.dishes.some(({ nameKo, nameEn }) => matchName(`${nameKo} ${nameEn}`).includes(spelling));
  return meantBy(word, catalogue) !== undefined || kindOfDish(word) !== undefined || names(word) || names(word.replace(ENDING, ''));
}

/** The ingredients that a word means; undefined where it means none and may be in any dish. */
function meantBy(word: string, { ingredients }: Shelf): readonly Ingredient[] | undefined {
  for (const spelling of [word, word.replace(ENDING, ''), word.replace(ENDING, '').replace(ENDING, '')]) {
    if (spelling === '') continue;
    if (IN_NO_DISH.test(spelling)) return [];
    const [, isOfKind] = KINDS.find(([words]) => words.test(spelling)) ?? [];
    const found = ingredients.filter((ingredient) => isCalled(ingredient, spelling) || isOfKind?.(ingredient) === true);
    if (found.length > 0) return found.filter((ingredient) => !isEverywhere(ingredient));
  }
  return undefined;
}

/**
 * The ingredients that a word would mean if one letter of it were mistyped (`게란`, `세우`), and all that bear an allergen of theirs: it must be avoided, since the patient is not asked what was meant. The word stays
 * one that is not understood.
 */
function nearlyMeantBy(word: string, { ingredients }: Shelf): readonly Ingredient[] {
  const spellings = [word, word.replace(ENDING, '')];
  const isNear = (name: string): boolean => spellings.some((each) => isNearly(each, name));
  const near = ingredients.filter(({ nameKo, nameEn, aliases }) => [nameKo, ...aliases, nameEn].map(matchName).some(isNear));
  const bits = near.reduce((all, { allergens }) => all | bitsOf(allergens), 0);
  const meant = GENERAL.reduce((all, [name, each]) => (isNear(name) ? all | each : all), bits);
  return [...near, ...bearing(meant, { ingredients })].filter((ingredient) => !isEverywhere(ingredient));
}

/** Ingredients that bear an allergen of a mask, or may. Lactose is in milk. */
function bearing(bits: number, { ingredients }: Pick<Shelf, 'ingredients'>): readonly Ingredient[] {
  const barred = (bits & LACTOSE_INTOLERANCE_BIT) === 0 ? bits : bits | allergenBit('MILK');
  return barred === 0 ? [] : ingredients.filter(({ allergens, mayHoldMore }) => mayHoldMore || (bitsOf(allergens) & barred) !== 0);
}

function bitsOf(allergens: readonly Allergen[]): number {
  return allergens.reduce((bits, allergen) => bits | allergenBit(allergen), 0);
}

/** What no dish goes without, and no patient either: to drink little water is a habit. */
function isEverywhere({ id }: Ingredient): boolean {
  return id === 'water' || id === 'salt';
}

/** Whether an ingredient goes by a word, or by a name with it: 토마토 is in 토마토 통조림. One syllable is a name of its own alone: 감 is not in 감자. */
function isCalled({ nameKo, nameEn, aliases }: Ingredient, word: string): boolean {
  if (/^[a-z]+$/u.test(word)) return word.length > 2 && nameEn.toLowerCase().split(/[^a-z]+/u).some((each) => each === word || `${each}s` === word || `${each}es` === word); // prettier-ignore
  const names = [nameKo, ...aliases].map(matchName);
  const called = matchName(word); // names are compared without their blanks: `라면 스프` is one
  return names.some((name) => (called.length < 2 ? name === called : name.includes(called)));
}
