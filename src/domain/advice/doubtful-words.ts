import { isAgreeable, refusesNothing } from './food-preferences.js';
import { MEANT } from './words-of-foods.js';

/** That a food is eaten, liked or asked for. */
const SURELY_EATEN =
  /좋|선호|즐|주세요|위주|때[워우]|추천|부탁|원[해하]|희망|[싶땡]|가능|무관|상관|챙겨|드[셔시십]|(?:사|해|잘)\s?먹|자주|매일|거의|맛있|최고|중독|고[파픈프]|든든|최애|먹(?:어|는|음|습|고|었)|마[셔신심십]|마시(?:는|고)|\b(?:likes?|loves?|enjoys?|eats?|ate|drinks?|prefers?|mostly|favou?rites?|want|ok(?:ay)?|fine|good|great|tasty|yes|often|daily|instead|tolerates?)\b/u;
/** How much, how often, when and in which form: none of it refuses anything. */
const OF_NO_ACCOUNT =
  /(?<![가-힣])(?:하루|한두?|두|세|네|번|회|잔|컵|개|모|장|팩|그릇|공기|주|일주일|정도|가끔|종종|때때로|보통|주로|오늘|어제|간식|반찬|아침|점심|저녁|식사|국|밥|탕|찌개|전|구이|조림|찜|볶음|튀김|무침|샐러드|피자|케이크|샌드위치|버거|토스트|파이|쿠키|라떼|초밥|김밥|카레|그릭|음식|요리|식품|종류|제품|재료|같은|들어간|든|등|및|또는|생|삶은|익힌|구운|튀긴|볶은|찐)(?:류|에|은|는|이|가|을|를|도|로|으로|씩|과|와|랑|이나|나)?(?![가-힣])|\b(?:a|an|the|of|with|in|for|my|one|two|cups?|glass(?:es)?|slices?|day|week|times?|per|sometimes|usually|breakfast|lunch|dinner|snacks?|foods?|dishes|products?|fried|boiled|baked|grilled|raw|cooked|fresh|soup|stew|salad|sandwich(?:es)?|burgers?|pizza|cake|tea|latte|chips|korean|japanese|western)\b/gu;
/** What stands in place of a food, with what it is written together: `참치김밥`. */
const FOOD = new RegExp(`[가-힣]*(?:${MEANT.map(([, words]) => words.source).join('|')})[가-힣]*`, 'gu');

/**
 * Words beside a food that bears a flag (or tears: `우유 ㅠㅠ`), where a text says neither that it is eaten nor, in words that are known, that it is not: `계란 양성`, `땅콩 무서워요`. They may tell of an allergy, and
 * what is not understood is told. None where there is no such food, or nothing beside it.
 */
export function doubtfulWordsOf(item: string): readonly string[] {
  if (!MEANT.some(([, words]) => words.test(item)) || refusesNothing(item) || isAgreeable(item) || SURELY_EATEN.test(item)) return [];
  return item
    .replaceAll(FOOD, ' ')
    .replaceAll(OF_NO_ACCOUNT, ' ')
    .split(/[^가-힣a-zㅠㅜ]+/u)
    .filter((word) => word !== '');
}
