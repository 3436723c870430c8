import type { FoodRow } from './records.js';

const DRINKS = new Set(
  '술 소주 맥주 막걸리 청주 와인 포도주 적포도주 백포도주 위스키 양주 보드카 브랜디 코냑 꼬냑 럼 럼주 진 데킬라 테킬라 사케 정종 약주 탁주 동동주 과실주 매실주 복분자주 하이볼 칵테일 소맥 샴페인 beer wine soju makgeolli whisky whiskey vodka brandy cognac rum gin tequila sake champagne highball cocktail'.split(
    ' ',
  ),
);
/** Drinks whose names go on in front: 생맥주, 과일소주. */
const COMPOUND = [...DRINKS].filter((word) => word.length > 1 && /[가-힣]/u.test(word));
/** A glass; less is cooked with. */
const GLASS = 50;

/** Drinks with alcohol that were had. What the oracle has no name for is none. */
export function drinks<T extends { readonly row: FoodRow | undefined; readonly grams: number }>(foods: readonly T[]): readonly T[] {
  return foods.filter(({ row, grams }) => grams >= GLASS && isAlcohol(row?.name ?? ''));
}

/** Whether a name is that of a drink with alcohol. */
export function isAlcohol(name: string): boolean {
  const text = name
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/\([^()]*\)|\d[\d.]*\s*(?:ml|%|도|병|잔|캔)/gu, ' ');
  if (/알코올|알콜|alcohol|과일\s?칵테일|후르츠/u.test(text)) return false;
  const parts = text.split(/[,+&/_]|[와과] | and | with /u).map((each) => each.trim());
  return parts.some((each) => DRINKS.has(each.split(/\s+/u).at(-1) ?? '') || COMPOUND.some((word) => each.endsWith(word)));
}
