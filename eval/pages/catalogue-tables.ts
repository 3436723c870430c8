import type { Dish } from '../../src/domain/advice/catalogue/dish.js';
import { FODMAP_KINDS, type Ingredient, type KindFigure } from '../../src/domain/advice/catalogue/ingredient.js';
import type { AdviceLanguage } from '../../src/domain/advice/language.js';
import { ALLERGENS, LACTOSE_INTOLERANCE_BIT, allergenBit } from '../../src/domain/advice/restrictions.js';
import { catalogue, rowsOf } from './rows.js';
import { signed, table } from './table.js';

const WORDS = {
  en: { GLUTEN: 'gluten', MILK: 'milk', NUT: 'nut', SEAFOOD: 'seafood', EGG: 'egg', SOY: 'soy', LACTOSE: 'lactose', none: 'none', unknown: 'unknown', never: 'never offered', FRUCTAN: 'fructan', GOS: 'GOS', FRUCTOSE: 'fructose', POLYOL: 'polyol', usual: 'as usually cooked', fibre: 'fibre', LOW: 'low', MODERATE: 'moderate', HIGH: 'high', UNKNOWN: 'unknown' }, // prettier-ignore
  ko: { GLUTEN: '글루텐', MILK: '우유', NUT: '견과', SEAFOOD: '해산물', EGG: '달걀', SOY: '콩', LACTOSE: '유당', none: '없음', unknown: '모름', never: '권하지 않음', FRUCTAN: '프룩탄', GOS: 'GOS', FRUCTOSE: '과당', POLYOL: '당알코올', usual: '보통 조리법', fibre: '식이섬유', LOW: '저', MODERATE: '중간', HIGH: '고', UNKNOWN: '모름' }, // prettier-ignore
} as const;

const HEADS = {
  dishes: {
    en: ['Signed', 'Dish', 'Usual recipe of one serving, g', 'As usually cooked', 'Offered as', 'Recipe from'],
    ko: ['검토', '음식', '1인분의 보통 조리법, g', '보통 조리했을 때', '권하는 방법', '조리법 출처'],
  },
  ingredients: {
    en: [
      'Signed',
      'Ingredient',
      'Allergens',
      'FODMAP: low up to / high from (~ moderate at most), g',
      'Fibre (soluble), g in 100 g',
      'Sodium, mg in 100 g',
      'Sources',
    ],
    ko: [
      '검토',
      '재료',
      '알레르기 성분',
      'FODMAP: 저 이하 / 고 이상(~ 중간까지만), g',
      '식이섬유(수용성), 100 g당 g',
      '나트륨, 100 g당 mg',
      '출처',
    ],
  },
} as const;

/** Every dish: its recipe, what it comes to, and how it is offered. */
export function dishTable(language: AdviceLanguage): string {
  const sources = new Map(rowsOf('dishes').map((row) => [row['code'], row['recipe_source'] ?? '']));
  return table(
    HEADS.dishes[language],
    catalogue.dishes.map((dish) => dishRow(dish, sources.get(dish.code) ?? '', language)),
  );
}

function dishRow(dish: Dish, source: string, language: AdviceLanguage): string[] {
  const words = WORDS[language];
  const nameOf = ({ nameKo, nameEn }: { nameKo: string; nameEn: string }): string => (language === 'ko' ? nameKo : nameEn);
  const offers = dish.offers.map((place) => catalogue.offers[place]);
  const ways = offers.map(
    (offer) => `${language === 'ko' ? offer?.labelKo : offer?.labelEn}: ${held(offer?.judged.restrictions ?? 0, language)}`,
  );
  return [
    signed(dish),
    `${dish.code} ${nameOf(dish)}`,
    dish.recipe.map(({ ingredient, grams }) => `${nameOf(ingredient)} ${grams}`).join(', '),
    `${words[dish.usual.fodmap]}; ${held(dish.usual.restrictions, language)}`,
    ways.length === 0 ? words.never : ways.join('<br>'),
    source === '' ? '–' : `\`${source}\``,
  ];
}

function held(mask: number, language: AdviceLanguage): string {
  const words = WORDS[language];
  const found = [
    ...ALLERGENS.filter((allergen) => (mask & allergenBit(allergen)) !== 0).map((allergen) => words[allergen]),
    ...((mask & LACTOSE_INTOLERANCE_BIT) === 0 ? [] : [words.LACTOSE]),
  ];
  return found.length === 0 ? words.none : found.join(', ');
}

/** Every ingredient with its figures. */
export function ingredientTable(language: AdviceLanguage): string {
  const rows = new Map(rowsOf('ingredients').map((row) => [row['id'], row]));
  return table(
    HEADS.ingredients[language],
    catalogue.ingredients.map((ingredient) => {
      const row = rows.get(ingredient.id);
      const sources = [
        ...new Set(['allergen_source', 'fodmap_source', 'nutrient_source', 'sodium_source'].map((column) => row?.[column] ?? '')),
      ].filter((id) => id !== '');
      return [signed(ingredient), `\`${ingredient.id}\` ${language === 'ko' ? ingredient.nameKo : ingredient.nameEn}`, allergensOf(ingredient, language), kindsOf(ingredient, language), fibreOf(ingredient, language), ingredient.sodiumMg === null ? WORDS[language].unknown : String(ingredient.sodiumMg), sources.map((id) => `\`${id}\``).join(', ')]; // prettier-ignore
    }),
  );
}

function allergensOf({ allergens, mayHoldMore }: Ingredient, language: AdviceLanguage): string {
  const words = WORDS[language];
  const told = [...allergens.map((allergen) => words[allergen]), ...(mayHoldMore ? [words.unknown] : [])];
  return told.length === 0 ? words.none : told.join(', ');
}

function kindsOf({ fodmaps }: Ingredient, language: AdviceLanguage): string {
  const words = WORDS[language];
  const figure = (value: KindFigure): string =>
    typeof value === 'string' ? words.unknown : `${value.low}/${value.isHighAssumed === true ? '~' : ''}${value.high}`;
  const found = FODMAP_KINDS.filter((kind) => fodmaps[kind] !== 'NONE').map((kind) => `${words[kind]} ${figure(fodmaps[kind])}`);
  return found.length === 0 ? words.none : found.join(', ');
}

function fibreOf({ fibreGrams, solubleGrams }: Ingredient, language: AdviceLanguage): string {
  const written = (figure: number | null): string => (figure === null ? WORDS[language].unknown : String(figure));
  return `${written(fibreGrams)} (${written(solubleGrams)})`;
}
