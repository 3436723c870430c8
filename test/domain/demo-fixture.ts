import type { Allergen } from '../../src/domain/advice/restrictions.js';
import { localDate } from '../../src/domain/local-date.js';
import type { DemoParameters } from '../../src/demo/demo-plan.js';
import type { DemoFood } from '../../src/demo/demo-food.js';

function food(code: string, nameKo: string, rest: Partial<DemoFood>): DemoFood {
  return {
    code,
    nameKo,
    category: 'RICE',
    fodmap: 'LOW',
    fibreType: 'SOLUBLE',
    fibreGrams: 0.4,
    energyKcal: 145.4,
    meals: ['BREAKFAST', 'LUNCH', 'DINNER'],
    allergens: [],
    fodmapBasis: 'made up for a test',
    ...rest,
  };
}

/** A dozen foods: every FODMAP class and fibre type, an allergen each, meals with few foods, and text that COPY must escape. */
export const DEMO_FOODS: readonly DemoFood[] = [
  food('T-01', '쌀밥', {}),
  food('T-02', '흰죽', { category: 'PORRIDGE', meals: ['BREAKFAST'], fibreType: 'NONE' }),
  food('T-03', '밀국수', { category: 'NOODLE', meals: ['LUNCH'], allergens: ['GLUTEN'], fodmap: 'HIGH' }),
  food('T-04', '우유', { category: 'DRINK', allergens: ['MILK'], fodmap: 'HIGH', fibreGrams: null, energyKcal: null }),
  food('T-05', '호두', { category: 'SNACK', allergens: ['NUT'], fibreType: 'BOTH' }),
  food('T-06', '새우구이', { category: 'PROTEIN_MAIN', meals: ['LUNCH', 'DINNER'], allergens: ['SEAFOOD'] }),
  food('T-07', '달걀찜', { category: 'SIDE_DISH', allergens: ['EGG'] }),
  food('T-08', '두부조림', { category: 'SIDE_DISH', allergens: ['SOY'], fodmap: 'MODERATE' }),
  food('T-09', '고구마', { category: 'SNACK', fibreType: 'INSOLUBLE', fodmap: 'UNKNOWN' }),
  food('T-10', '닭고기\t"구이"\\', { category: 'PROTEIN_MAIN', meals: ['DINNER'], fodmapBasis: 'first line\nsecond line' }),
  food('T-11', '감자국', { category: 'SOUP_STEW' }),
  food('T-12', '바나나', { category: 'FRUIT', meals: [] }),
];

/** The allergens of a food, by its id in `ibsafe_food`. */
export function allergensOf(foodId: number): readonly Allergen[] {
  return DEMO_FOODS[foodId - 1]?.allergens ?? [];
}

/** Parameters of a small demo. */
export function demoParameters(changes: Partial<DemoParameters> = {}): DemoParameters {
  return { users: 300, days: 5, seed: 20_260_501, until: localDate('2026-05-01'), foods: DEMO_FOODS, ...changes };
}
