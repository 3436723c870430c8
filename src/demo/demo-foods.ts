import type { Catalogue } from '../domain/advice/catalogue/catalogue.js';
import type { Dish } from '../domain/advice/catalogue/dish.js';
import type { JudgedRecipe } from '../domain/advice/catalogue/judged-recipe.js';
import { ALLERGENS, allergenBit } from '../domain/advice/restrictions.js';
import type { DemoFood, FibreType } from './demo-food.js';

/** IBSafe states a class of few foods: here of every so many. */
const STATED_EVERY = 6;

/** Foods that no catalogue knows, as IBSafe's table holds thousands: what is eaten of them is said to be unknown. */
const STRANGERS = ['수제버거', '마라탕', '단백질바', '쌀과자 세트', '모둠전'] as const;

/** The foods of `ibsafe_food` in the demo: the catalogue's dishes as they are usually cooked, and a few that it does not know. */
export function demoFoodsOf({ dishes }: Catalogue): DemoFood[] {
  return [...dishes.map(foodOf), ...STRANGERS.map(strangerOf)];
}

function foodOf(dish: Dish, place: number): DemoFood {
  const { usual } = dish;
  const isStated = place % STATED_EVERY === 0;
  return {
    code: dish.code,
    nameKo: dish.nameKo,
    category: dish.category,
    fodmap: isStated ? usual.fodmap : 'UNKNOWN',
    fodmapBasis: isStated ? `1회 분량 ${dish.servingGrams} g 기준` : null,
    fibreType: fibreTypeOf(usual),
    fibreGrams: per100(usual.fibreGrams, usual),
    energyKcal: per100(usual.energyKcal, usual),
    meals: dish.meals,
    allergens: ALLERGENS.filter((allergen) => (usual.restrictions & allergenBit(allergen)) !== 0),
  };
}

function strangerOf(nameKo: string, place: number): DemoFood {
  const nothing = {
    fodmap: 'UNKNOWN',
    fodmapBasis: null,
    fibreType: 'NONE',
    fibreGrams: null,
    energyKcal: null,
    meals: [],
    allergens: ALLERGENS,
  } as const;
  return { code: `X-${place + 1}`, nameKo, category: '기타', ...nothing };
}

function per100(figure: number | null, { grams }: JudgedRecipe): number | null {
  return figure === null ? null : Math.round((figure * 10_000) / grams) / 100;
}

function fibreTypeOf({ solubleGrams, insolubleGrams }: JudgedRecipe): FibreType {
  if (solubleGrams === null || insolubleGrams === null || solubleGrams + insolubleGrams === 0) return 'NONE';
  const share = solubleGrams / (solubleGrams + insolubleGrams);
  return share > 2 / 3 ? 'SOLUBLE' : share < 1 / 3 ? 'INSOLUBLE' : 'BOTH';
}
