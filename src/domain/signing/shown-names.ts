import { FODMAP_KINDS, type FoodGroup, type Ingredient, type KindFigure } from '../advice/catalogue/ingredient.js';
import type { FoodCategory, Meal } from '../advice/catalogue/dish.js';
import type { FodmapClass } from '../advice/catalogue/fodmap-class.js';
import { ALLERGENS, LACTOSE_INTOLERANCE_BIT, allergenBit, type Allergen } from '../advice/restrictions.js';
import type { PointFamily, PointField } from '../advice/points/point.js';
import type { AdviceLanguage } from '../advice/language.js';

/** Something in both languages. */
export type InBoth = Readonly<Record<AdviceLanguage, string>>;

/** Makes a text in both languages. */
export function inBoth(text: (language: AdviceLanguage) => string): InBoth {
  return { ko: text('ko'), en: text('en') };
}

const both = (en: string, ko: string): InBoth => ({ en, ko });

/** Texts of advice. */
export const FIELD_NAMES: Readonly<Record<PointField, InBoth>> = {
  DIET_EVALUATION: both('diet evaluation', '식단 평가'),
  SUMMARY: both('summary under the dishes', '음식 아래 요약'),
  EXERCISE_EVALUATION: both('exercise evaluation', '운동 평가'),
  SLEEP_EVALUATION: both('sleep evaluation', '수면 평가'),
};

/** What points are about. */
export const FAMILY_NAMES: Readonly<Record<PointFamily, InBoth>> = {
  EATEN: both('what was eaten', '드신 음식'),
  FIBRE: both('fibre', '식이섬유'),
  PORTIONS: both('portions', '분량'),
  TOMORROW: both('dishes of tomorrow', '내일 음식'),
  COOKING: both('cooking', '조리'),
  MEALS: both('meals', '끼니'),
  WALKING: both('walking', '걷기'),
  SLEEP: both('sleep', '수면'),
  NEXT_STEPS: both('next steps', '다음 단계'),
};

/** Kinds of dishes. */
export const CATEGORY_NAMES: Readonly<Record<FoodCategory, InBoth>> = {
  RICE: both('rice', '밥'),
  PORRIDGE: both('porridge', '죽'),
  NOODLE: both('noodles', '면'),
  SOUP_STEW: both('soup or stew', '국·찌개'),
  SIDE_DISH: both('side dish', '반찬'),
  PROTEIN_MAIN: both('main dish with protein', '단백질 주요리'),
  FRUIT: both('fruit', '과일'),
  DRINK: both('drink', '음료'),
  SNACK: both('snack', '간식'),
};

/** Meals of a day. */
export const MEAL_NAMES: Readonly<Record<Meal, InBoth>> = {
  BREAKFAST: both('breakfast', '아침'),
  LUNCH: both('lunch', '점심'),
  DINNER: both('dinner', '저녁'),
};

/** Groups of ingredients. */
export const GROUP_NAMES: Readonly<Record<FoodGroup, InBoth>> = {
  GRAIN: both('grain', '곡류'),
  STARCHY: both('starchy food', '서류'),
  VEGETABLE: both('vegetable', '채소'),
  MUSHROOM: both('mushroom', '버섯'),
  SEAWEED: both('seaweed', '해조류'),
  FRUIT: both('fruit', '과일'),
  SOYFOOD: both('soy food', '콩 식품'),
  LEGUME: both('legume', '콩류'),
  MEAT: both('meat', '고기'),
  FISH: both('fish and seafood', '생선·해산물'),
  EGG: both('egg', '달걀'),
  DAIRY: both('dairy', '유제품'),
  NUT: both('nut', '견과'),
  FAT: both('fat', '기름'),
  SEASONING: both('seasoning', '양념'),
  WATER: both('water', '물'),
  DRINK: both('drink', '음료'),
};

/** FODMAP classes. */
export const CLASS_NAMES: Readonly<Record<FodmapClass, InBoth>> = {
  LOW: both('low', '저'),
  MODERATE: both('moderate', '중간'),
  HIGH: both('high', '고'),
  UNKNOWN: both('unknown', '모름'),
};

/** What is not there, and what is not known. */
export const NONE = both('none', '없음');
export const UNKNOWN = both('unknown', '모름');

const LACTOSE = both('lactose', '유당');
const ALLERGEN_NAMES: Readonly<Record<Allergen, InBoth>> = {
  GLUTEN: both('gluten', '글루텐'),
  MILK: both('milk', '우유'),
  NUT: both('nut', '견과'),
  SEAFOOD: both('seafood', '해산물'),
  EGG: both('egg', '달걀'),
  SOY: both('soy', '콩'),
};
const KIND_NAMES: Readonly<Record<(typeof FODMAP_KINDS)[number], InBoth>> = {
  FRUCTAN: both('fructan', '프룩탄'),
  GOS: both('GOS', 'GOS'),
  LACTOSE,
  FRUCTOSE: both('fructose', '과당'),
  POLYOL: both('polyol', '당알코올'),
};

/** Allergens and lactose of a mask of restrictions. */
export function heldIn(mask: number, language: AdviceLanguage): string {
  const allergens = ALLERGENS.filter((allergen) => (mask & allergenBit(allergen)) !== 0).map((allergen) => ALLERGEN_NAMES[allergen]);
  const found = (mask & LACTOSE_INTOLERANCE_BIT) === 0 ? allergens : [...allergens, LACTOSE];
  return found.length === 0 ? NONE[language] : found.map((name) => name[language]).join(', ');
}

/** Allergens of an ingredient, with “unknown” where there may be more. */
export function allergensOf({ allergens, mayHoldMore }: Ingredient, language: AdviceLanguage): string {
  const told = [...allergens.map((allergen) => ALLERGEN_NAMES[allergen]), ...(mayHoldMore ? [UNKNOWN] : [])];
  return told.length === 0 ? NONE[language] : told.map((name) => name[language]).join(', ');
}

/** FODMAP kinds of an ingredient: low up to / high from so many grams, with ~ before an amount that no source calls high. */
export function kindsOf({ fodmaps }: Ingredient, language: AdviceLanguage): string {
  const figure = (value: KindFigure): string =>
    typeof value === 'string' ? UNKNOWN[language] : `${value.low} g / ${value.isHighAssumed === true ? '~' : ''}${value.high} g`;
  const found = FODMAP_KINDS.filter((kind) => fodmaps[kind] !== 'NONE').map(
    (kind) => `${KIND_NAMES[kind][language]} ${figure(fodmaps[kind])}`,
  );
  return found.length === 0 ? NONE[language] : found.join(', ');
}
