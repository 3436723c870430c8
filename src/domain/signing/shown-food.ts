import type { Catalogue } from '../advice/catalogue/catalogue.js';
import type { Dish } from '../advice/catalogue/dish.js';
import type { Ingredient } from '../advice/catalogue/ingredient.js';
import type { JudgedRecipe } from '../advice/catalogue/judged-recipe.js';
import { LEFT_OUT_EVERYWHERE } from '../advice/catalogue/offer-label.js';
import type { AdviceLanguage } from '../advice/language.js';
import type { ShownLine, ShownLineKind, ShownRow } from './signable-row.js';
import {
  allergensOf,
  CATEGORY_NAMES,
  CLASS_NAMES,
  GROUP_NAMES,
  heldIn,
  inBoth,
  kindsOf,
  MEAL_NAMES,
  NONE,
  UNKNOWN,
  type InBoth,
} from './shown-names.js';
import { shownLine, sourceLine, type Sources } from './shown-points.js';

interface Named {
  readonly nameKo: string;
  readonly nameEn: string;
}

function nameIn({ nameKo, nameEn }: Named, language: AdviceLanguage): string {
  return language === 'ko' ? nameKo : nameEn;
}

/** A dish: its recipe, what it comes to as it is usually cooked, and each way in which it is offered. */
export function shownDish(dish: Dish, catalogue: Catalogue, sources: Sources): ShownRow {
  const { code, nameKo, nameEn, recipe } = dish;
  const lines = [
    shownLine('CATEGORY', CATEGORY_NAMES[dish.category]),
    shownLine(
      'MEALS',
      inBoth((language) => dish.meals.map((meal) => MEAL_NAMES[meal][language]).join(', ')),
    ),
    shownLine('SERVING', { ko: `${dish.servingKo}, ${dish.servingGrams} g`, en: `${dish.servingEn}, ${dish.servingGrams} g` }),
    shownLine('RECIPE', inBoth((language) => recipe.map(({ ingredient, grams }) => `${nameIn(ingredient, language)} ${grams} g`).join(', '))), // prettier-ignore
    shownLine(
      'AS_COOKED',
      inBoth((language) => comesTo(dish.usual, language)),
    ),
    ...offerLines(dish, catalogue),
    ...(dish.recipeSource === '' ? [] : [sourceLine('SOURCE', dish.recipeSource, { sources })]),
  ];
  return { row: { kind: 'DISH', dish: code }, nameKo, nameEn, lines };
}

const NEVER: InBoth = { ko: '권하지 않음', en: 'never offered' };

function offerLines({ offers }: Dish, catalogue: Catalogue): ShownLine[] {
  if (offers.length === 0) return [shownLine('AS_OFFERED', NEVER)];
  return offers.flatMap((place) => {
    const offer = catalogue.offers[place];
    if (offer === undefined) return [];
    const leftOut = LEFT_OUT_EVERYWHERE.filter((_, at) => (offer.leftOut & (1 << at)) !== 0);
    const without = leftOut
      .map((id) => catalogue.ingredients.find((ingredient) => ingredient.id === id))
      .filter((each) => each !== undefined);
    const told = (language: AdviceLanguage): string => {
      const names = without.map((each) => nameIn(each, language)).join(', ');
      return names === '' ? '' : language === 'ko' ? ` (날마다 한 번 알림: ${names} 없이)` : ` (told once a day: without ${names})`;
    };
    const label = (language: AdviceLanguage): string => (language === 'ko' ? offer.labelKo : offer.labelEn);
    return [
      shownLine(
        'AS_OFFERED',
        inBoth((language) => `${label(language)}${told(language)}: ${comesTo(offer.judged, language)}`),
      ),
    ];
  });
}

/** FODMAP class, allergens and figures of a serving. */
function comesTo({ fodmap, restrictions, fibreGrams, fatGrams, energyKcal }: JudgedRecipe, language: AdviceLanguage): string {
  const figures = [sum(fibreGrams, 'g', language), sum(fatGrams, 'g', language), sum(energyKcal, 'kcal', language)] as const;
  const [held, level] = [heldIn(restrictions, language), CLASS_NAMES[fodmap][language]];
  return language === 'ko'
    ? `FODMAP ${level}, 알레르기 성분: ${held}, 식이섬유 ${figures[0]}, 지방 ${figures[1]}, 열량 ${figures[2]}`
    : `FODMAP ${level}, allergens: ${held}, fibre ${figures[0]}, fat ${figures[1]}, energy ${figures[2]}`;
}

/** An ingredient with all its figures and where each is from. */
export function shownIngredient(ingredient: Ingredient, sources: Sources): ShownRow {
  const { id, nameKo, nameEn, aliases } = ingredient;
  const from = (what: ShownLineKind, source: string): ShownLine[] => (source === '' ? [] : [sourceLine(what, source, { sources })]);
  const lines = [
    ...(aliases.length === 0 ? [] : [shownLine('ALIASES', { ko: aliases.join(', '), en: aliases.join(', ') })]),
    shownLine('GROUP', GROUP_NAMES[ingredient.group]),
    shownLine(
      'ALLERGENS',
      inBoth((language) => allergensOf(ingredient, language)),
    ),
    ...from('ALLERGEN_SOURCE', ingredient.sources.allergens),
    shownLine(
      'FODMAP',
      inBoth((language) => kindsOf(ingredient, language)),
    ),
    ...from('FODMAP_SOURCE', ingredient.sources.fodmap),
    shownLine(
      'NUTRIENTS',
      inBoth((language) => nutrientsOf(ingredient, language)),
    ),
    ...from('NUTRIENT_SOURCE', ingredient.sources.nutrients),
    ...(ingredient.sources.sodium === ingredient.sources.nutrients ? [] : from('NUTRIENT_SOURCE', ingredient.sources.sodium)),
    shownLine('HOT', ingredient.hot ? { ko: '매움', en: 'hot' } : NONE),
  ];
  return { row: { kind: 'INGREDIENT', ingredient: id }, nameKo, nameEn, lines };
}

function nutrientsOf(
  { fibreGrams, solubleGrams, insolubleGrams, fatGrams, energyKcal, sodiumMg }: Ingredient,
  language: AdviceLanguage,
): string {
  const grams = (value: number | null): string => figure(value, 'g', language);
  const energy = figure(energyKcal, 'kcal', language);
  const sodium = figure(sodiumMg, 'mg', language);
  return language === 'ko'
    ? `100 g에 식이섬유 ${grams(fibreGrams)}(수용성 ${grams(solubleGrams)}, 불용성 ${grams(insolubleGrams)}), 지방 ${grams(fatGrams)}, 열량 ${energy}, 나트륨 ${sodium}`
    : `in 100 g: fibre ${grams(fibreGrams)} (soluble ${grams(solubleGrams)}, insoluble ${grams(insolubleGrams)}), fat ${grams(fatGrams)}, energy ${energy}, sodium ${sodium}`;
}

/** A figure as the files have it. */
function figure(value: number | null, unit: string, language: AdviceLanguage): string {
  return value === null ? UNKNOWN[language] : `${value} ${unit}`;
}

/** A sum over a recipe, to a tenth. */
function sum(value: number | null, unit: string, language: AdviceLanguage): string {
  return figure(value === null ? null : Math.round(value * 10) / 10, unit, language);
}
