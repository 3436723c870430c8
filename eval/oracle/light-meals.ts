import type { Eaten } from './eaten.js';
import type { EatenRow, PatientRecords } from './records.js';
import { MEALS } from './words.js';

/** Meals at which nothing but fruit, drinks, water and seasonings was recorded. */
export function lightMeals(foods: readonly Eaten[], { eaten }: PatientRecords): number {
  const isLight = (id: number): boolean => {
    const food = foods.find(({ row }) => row?.id === id);
    if (food?.dish !== undefined) return ['FRUIT', 'DRINK'].includes(food.dish.category);
    return food?.plate === undefined ? isCalledADrink(food?.row?.name ?? '') : food.plate.isLight;
  };
  const today = eaten.filter(({ daysAgo }) => daysAgo === 0);
  const at = (meal: string): EatenRow[] => today.filter((each) => each.meal === meal.toLowerCase());
  return MEALS.filter((meal) => at(meal).length > 0 && at(meal).every(({ foodId }) => isLight(foodId))).length;
}

/** Whether the name of a food that nothing else is known of ends as that of a drink does. */
function isCalledADrink(name: string): boolean {
  const plain = name.normalize('NFC').toLowerCase().replace(/\s*(?:\([^()]*\)|\d+\s*ml)?\s*$/u, ''); // prettier-ignore
  return DRINKS.some((drink) => (/^[a-z]/u.test(drink) ? plain.split(/[^a-z]+/u).at(-1) === drink : plain.endsWith(drink)));
}

const DRINKS =
  '커피 아메리카노 라떼 라테 카푸치노 에스프레소 마끼아또 마키아토 마끼아토 마키아또 콜드브루 주스 쥬스 음료 음료수 콜라 사이다 탄산수 에이드 스무디 식혜 수정과 술 맥주 소주 막걸리 청주 와인 위스키 하이볼 칵테일 녹차 홍차 보리차 옥수수차 허브차 민트차 유자차 우롱차 밀크차 전통차 coffee americano latte cappuccino espresso tea juice cola coke soda beer wine soju whisky cocktail'.split(
    ' ',
  );
