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

/** Whether the name of a food that nothing else is known of is that of drinks alone. */
function isCalledADrink(name: string): boolean {
  const plain = withoutAmount(name.normalize('NFC').toLowerCase());
  const words = plain.split(/\s+/u).slice(0, -1);
  if (words.some((word) => FOODS.some((food) => word.endsWith(food))) || FISH.some((fish) => plain.startsWith(fish))) return false;
  return plain
    .replaceAll(/ (?:and|with) |하고 |랑 |와 |[&/+]/gu, ',')
    .replaceAll(/(?<!사|모|수정|다)과 /gu, ',')
    .split(',')
    .map(withoutAmount)
    .every((each) => DRINKS.some((drink) => (/^[a-z]/u.test(drink) ? each.split(/[^a-z]+/u).at(-1) === drink : each.endsWith(drink))));
}

function withoutAmount(name: string): string {
  return name.replace(/\s*(?:\([^()]*\)|\d+\s*ml)?\s*$/u, '');
}

const FISH = ['가자미', '명태', '북어', '오징어'];
const FOODS =
  '버거 샌드위치 토스트 치킨 피자 밥 빵 도넛 도너츠 베이글 케이크 케익 핫도그 라면 국수 떡볶이 와플 머핀 스콘 돈까스 돈가스 세트 burger burgers sandwich toast pizza chicken bagel noodles fries'.split(
    ' ',
  );
const DRINKS =
  '커피 아메리카노 라떼 라테 카푸치노 에스프레소 마끼아또 마키아토 마끼아토 마키아또 콜드브루 주스 쥬스 음료 음료수 콜라 사이다 탄산수 에이드 스무디 식혜 수정과 술 맥주 소주 막걸리 청주 와인 위스키 하이볼 칵테일 녹차 홍차 보리차 옥수수차 허브차 민트차 유자차 우롱차 밀크차 전통차 coffee americano latte cappuccino espresso tea juice cola coke soda beer wine soju whisky cocktail'.split(
    ' ',
  );

/** Main meals of the day without a record, but for those that the patient never eats. */
export function missedMeals({ eaten, profile }: PatientRecords): number {
  const has = [profile?.hasBreakfast, profile?.hasLunch, profile?.hasDinner];
  const isFilledIn = has.some((each) => each === true);
  return MEALS.filter((meal, at) => {
    const isRecorded = eaten.some((each) => each.daysAgo === 0 && each.meal === meal.toLowerCase());
    return !isRecorded && !(isFilledIn && has[at] === false);
  }).length;
}
