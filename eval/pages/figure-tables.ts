import { MEALS } from '../../src/domain/advice/catalogue/dish.js';
import type { AdviceLanguage } from '../../src/domain/advice/language.js';
import { MEAL_PLAN } from '../../src/domain/advice/meal-plan.js';
import { ALL_RESTRICTIONS } from '../../src/domain/advice/restrictions.js';
import { counted } from '../figures.js';
import { catalogue, pointRows, rowsOf } from './rows.js';
import { table } from './table.js';

const WORDS = {
  en: {
    what: ['What', 'How many', 'Signed by a dietitian'],
    points: 'Points',
    wordings: 'Wordings (both languages)',
    dishes: 'Dishes',
    offered: 'Dishes that can be offered to a patient without allergies',
    compared: 'Dishes whose recipe was compared with a written one',
    ingredients: 'Ingredients', // prettier-ignore
    flags: ['Allergies and intolerance together', 'Fewest dishes to choose from at breakfast', 'at lunch', 'at dinner'],
    shares: ['Figures of ingredients', 'From', 'Share'],
    FODMAP: 'FODMAP',
    nutrients: 'Fibre, fat, energy',
    sodium: 'Sodium',
    allergens: 'Allergens',
    none: 'no source read: unknown', // prettier-ignore
  },
  ko: {
    what: ['무엇', '개수', '영양사 검토'],
    points: '항목',
    wordings: '문장(두 언어)',
    dishes: '음식',
    offered: '알레르기가 없는 분께 권할 수 있는 음식',
    compared: '조리법을 글로 된 조리법과 비교한 음식',
    ingredients: '재료', // prettier-ignore
    flags: ['알레르기·불내증 수', '아침에 고를 수 있는 음식이 가장 적을 때', '점심', '저녁'],
    shares: ['재료의 수치', '출처', '비율'],
    FODMAP: 'FODMAP',
    nutrients: '식이섬유, 지방, 열량',
    sodium: '나트륨',
    allergens: '알레르기 성분',
    none: '읽은 출처 없음: 모름', // prettier-ignore
  },
} as const;

/** What there is, what of it is signed, from where its figures are, and how many dishes are left with so many flags. */
export function figureTables(language: AdviceLanguage): string {
  return [countTable(language), flagTable(language), shareTable(language)].join('\n\n');
}

function countTable(language: AdviceLanguage): string {
  const words = WORDS[language];
  const { dishes, ingredients } = catalogue;
  const points = pointRows();
  const wordings = points.reduce((sum, { ko, en }) => sum + ko.length + en.length, 0);
  const compared = dishes.filter(({ recipeSource }) => recipeSource !== '');
  const offered = dishes.filter(({ offers }) => offers.length > 0);
  return table(words.what, [
    [words.points, String(points.length), signedOf(points)],
    [words.wordings, String(wordings), signedOf(points)],
    [words.dishes, String(dishes.length), signedOf(dishes)],
    [words.offered, String(offered.length), signedOf(offered)],
    [words.compared, String(compared.length), signedOf(compared)],
    [words.ingredients, String(ingredients.length), signedOf(ingredients)],
  ]);
}

function signedOf(rows: readonly { readonly reviewedBy: string }[]): string {
  return String(rows.filter(({ reviewedBy }) => reviewedBy !== '').length);
}

function flagTable(language: AdviceLanguage): string {
  const fewest = new Map<number, number[]>();
  for (let mask = 0; mask <= ALL_RESTRICTIONS; mask += 1) {
    const flags = mask.toString(2).replaceAll('0', '').length;
    const candidates = catalogue.candidates(mask);
    const own = MEALS.map((meal) =>
      MEAL_PLAN.reduce((sum, slot, at) => (slot.meal === meal ? sum + (candidates[at]?.length ?? 0) : sum), 0),
    );
    const before = fewest.get(flags);
    fewest.set(flags, before === undefined ? own : own.map((count, at) => Math.min(count, before[at] ?? count)));
  }
  return table(
    WORDS[language].flags,
    [...fewest].toSorted(([a], [b]) => a - b).map(([flags, counts]) => [flags, ...counts].map(String)),
  );
}

function shareTable(language: AdviceLanguage): string {
  const words = WORDS[language];
  const rows = rowsOf('ingredients');
  const columns = [[words.allergens, 'allergen_source'], [words.FODMAP, 'fodmap_source'], [words.nutrients, 'nutrient_source'], [words.sodium, 'sodium_source']] as const; // prettier-ignore
  return table(
    words.shares,
    columns.flatMap(
      ([name, column]) =>
      Object.entries(counted(rows.map((row) => row[column] ?? ''))).map(([id, count]) => [name, id === '' ? words.none : `\`${id}\``, `${Math.round((count * 100) / rows.length)} %`]), // prettier-ignore
    ),
  );
}
