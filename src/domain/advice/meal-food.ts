import type { FoodCategory } from './catalogue/dish.js';
import type { FoodGroup } from './catalogue/ingredient.js';
import type { Recipe } from './catalogue/recipe.js';

/** What makes no meal by itself: who has an apple for dinner was not at a meal that is to be praised. */
const NO_MEAL: ReadonlySet<FoodGroup> = new Set<FoodGroup>(['SEASONING', 'WATER', 'FRUIT', 'DRINK']);
/** Names of drinks that the catalogue does not know, by how they end: 아이스 아메리카노, 맥주(500 ml), Iced latte. */
const DRINK =
  /(?:커피|아메리카노|라[떼테]|카푸치노|에스프레소|마[끼키]아[또토]|콜드브루|주스|쥬스|음료수?|콜라|사이다|탄산수|에이드|스무디|식혜|수정과|술|맥주|소주|막걸리|청주|와인|위스키|하이볼|칵테일|(?:녹|홍|보리|옥수수|허브|민트|유자|우롱|밀크|전통)차|\b(?:coffee|americano|latte|cappuccino|espresso|tea|juice|cola|coke|soda|beer|wine|soju|whisky|cocktail))\s*(?:\([^()]*\)|\d+\s*ml)?\s*$/iu;

/** Whether a food is more than fruit, a drink, water or a seasoning. Of one that is not known its name tells a drink; any other may be a whole meal. */
export function isMealFood(name: string, category: FoodCategory | undefined, recipe: Recipe | undefined): boolean {
  if (category !== undefined) return category !== 'FRUIT' && category !== 'DRINK';
  if (recipe === undefined) return !DRINK.test(name);
  const only = recipe.length === 1 ? recipe[0] : undefined;
  return only === undefined || !NO_MEAL.has(only.ingredient.group);
}
