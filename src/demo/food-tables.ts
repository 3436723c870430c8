import type { ClientBase } from 'pg';
import type { FodmapClass } from '../domain/advice/catalogue/fodmap-class.js';
import { copyInto } from './copy-patients.js';
import { copyRow } from './demo-tables.js';
import type { DemoFood, FibreType } from './demo-food.js';

/** The words of the app: low, medium and high are 저, 중 and 고; what is not known is left empty. */
const FODMAP_TEXT: Readonly<Record<FodmapClass, string | null>> = { LOW: '저', MODERATE: '중', HIGH: '고', UNKNOWN: null };
const FIBRE_TEXT: Readonly<Record<FibreType, string | null>> = { SOLUBLE: '수용성', INSOLUBLE: '불용성', BOTH: '혼합', NONE: null };

/** The catalogue's foods have no day of their own; a fixed one keeps two databases equal. */
const STAMP = '2024-01-01 09:00:00+09';

/**
 * Fills `ibsafe_foodcategory` and `ibsafe_food`. A food's id is its place in the list, from 1; categories are numbered as they first appear.
 * Returns the rows copied, by table.
 */
export async function copyFoods(client: ClientBase, foods: readonly DemoFood[]): Promise<Record<string, number>> {
  const categories = [...new Set(foods.map(({ category }) => category))];
  await copyInto(
    client,
    { name: 'ibsafe_foodcategory', columns: 'id, main_category_code, main_category_name' },
    categories.map((category, index) => copyRow([index + 1, index + 1, category])).join(''),
  );
  await copyInto(
    client,
    {
      name: 'ibsafe_food',
      columns: `id, food_code, food_name, category_id, energy_kcal, dietary_fiber_g, dietary_fiber_type, fodmap, fodmap_basis,
        created_at, updated_at`,
    },
    foods.map((food, index) => foodRow(food, index + 1, categories.indexOf(food.category) + 1)).join(''),
  );
  return { ibsafe_foodcategory: categories.length, ibsafe_food: foods.length };
}

function foodRow(food: DemoFood, id: number, categoryId: number): string {
  const energy = food.energyKcal === null ? null : Math.round(food.energyKcal);
  return copyRow([
    id,
    food.code,
    food.nameKo,
    categoryId,
    energy,
    food.fibreGrams,
    FIBRE_TEXT[food.fibreType],
    FODMAP_TEXT[food.fodmap],
    food.fodmapBasis,
    STAMP,
    STAMP,
  ]);
}
