import type { FoodCategory } from './catalogue/dish.js';
import type { FoodGroup } from './catalogue/ingredient.js';
import type { Recipe } from './catalogue/recipe.js';

/** What makes no meal by itself: who has an apple for dinner was not at a meal that is to be praised. */
const NO_MEAL: ReadonlySet<FoodGroup> = new Set<FoodGroup>(['SEASONING', 'WATER', 'FRUIT', 'DRINK']);
/** Names of drinks that the catalogue does not know, by how they end: 아이스 아메리카노, Iced latte. */
const DRINK =
  /(?:커피|아메리카노|라[떼테]|카푸치노|에스프레소|마[끼키]아[또토]|콜드브루|주스|쥬스|음료수?|콜라|사이다|탄산수|에이드|스무디|식혜|수정과|술|맥주|소주|막걸리|청주|와인|위스키|하이볼|칵테일|(?:녹|홍|보리|옥수수|허브|민트|유자|우롱|밀크|전통)차|\b(?:coffee|americano|latte|cappuccino|espresso|tea|juice|cola|coke|soda|beer|wine|soju|whisky|cocktail))\s*$/iu;
/** Behind a name: 맥주(500 ml). */
const AMOUNT = /\s*(?:\([^()]*\)|\d+\s*ml)\s*$/iu;
/** Between things that were had together: 토스트와 커피, Bread and tea. */
const TOGETHER = /[+,&/]|와\s|(?<![사모정다])과\s|하고\s|랑\s|\s(?:and|with)\s/iu;
/** A drink behind food, or a fish that is called as one is: 햄버거 콜라, 가자미식혜. */
const FOOD_BEFORE =
  /(?:버거|샌드위치|토스트|치킨|피자|밥|빵|도[너넛]츠?|베이글|케이크|케[익잌]|핫도그|라면|국수|떡볶이|와플|머핀|스콘|돈[까가]스|세트)\s|\b(?:burgers?|sandwich|toast|pizza|chicken|bagel|noodles|fries)\s|(?:가자미|명태|북어|오징어)\s?식혜/iu;

/** Whether a food is more than fruit, a drink, water or a seasoning. Of one that is not known its name tells a drink; any other may be a whole meal. */
export function isMealFood(name: string, category: FoodCategory | undefined, recipe: Recipe | undefined): boolean {
  if (category !== undefined) return category !== 'FRUIT' && category !== 'DRINK';
  if (recipe === undefined) return !isCalledADrink(name.normalize('NFC').replace(AMOUNT, ''));
  const only = recipe.length === 1 ? recipe[0] : undefined;
  return only === undefined || !NO_MEAL.has(only.ingredient.group);
}

function isCalledADrink(name: string): boolean {
  return !FOOD_BEFORE.test(name) && name.split(TOGETHER).every((each) => DRINK.test(each.replace(AMOUNT, '')));
}
