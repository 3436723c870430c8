import { OF_ANOTHER } from './kin.js';
import type { Preference } from './patient-inputs.js';

const VEGETARIAN = /채식|비건|(?<![가-힣])스님|승려|사찰\s?음?식|베지테리[언안]|\bvegan|(?<!non[- ]?)\bveg[aei]t[ae]rian|\bplant[- ]based/u;
const VEGAN = /비건|(?<!non[- ]?)\bvegan|\bplant[- ]based/u;
/** Ways of eating that leave a meat out, whatever else the text says of it. Where an animal was slaughtered no recipe tells. */
const NO_PORK = /할랄|무슬림|이슬람|라마단|코셔|유대교|\bhalal|\bmuslim|\bislam|\bramadan|\bkosher|\bjewish/u;
const NO_BEEF = /힌두|\bhindu/u;
const NO_MEAT = /페스코|\bpesc[ae]tarian|\bpesco|육식[은을도]?\s?(?:전혀\s)?안\s?(?:해|함|합|하)/u;

/** Ways of eating, which hold whatever a text refuses besides: no list of foods refuses them with it (`no eggs, vegan`), and neither does an item of it (`비건인데 콩 알레르기`). */
const WAYS: readonly (readonly [Preference, RegExp])[] = [
  ['VEGETARIAN', VEGETARIAN],
  ['VEGAN', VEGAN],
  ['NO_PORK', NO_PORK],
  ['NO_BEEF', NO_BEEF],
  ['NO_MEAT', NO_MEAT],
];

/** Words for a way of eating and about it, which name no food. Part of a regular expression as well. */
export const ABOUT_WAYS =
  '(?<![가-힣])(?:채식|비건|베지테리[언안]|페스코|할랄|무슬림|이슬람|라마단|코셔|유대교|힌두|종교|위주|순한|일절|완전)[가-힣]*|\\b(?:vegans?|veg[aei]t[ae]rians?|plant|based|halal|muslim|islam(?:ic)?|ramadan|kosher|jewish|hindu|pesc[ae]tarians?|religio\\w*|who|only)\\b';

/** Behind a way of eating: that it is not the writer's, or not liked. `비건 아닌 음식은 못 먹어요` is said by a vegan. */
const NOT_SO =
  /^(?:주의자?|인)?(?:이었|였)|^(?:주의자?|인)?\s?(?:음식|식|식단|메뉴|요리|식사|식품|제품)?(?:은|는|이|가|을|를|도|만)?\s?(?:별로|전혀|절대|잘|정말|너무)?\s?(?:아니|아님|아닙|아닌(?:데|가|거|걸|건|지)|싫|빼|제외|말고|안\s?(?:좋|해|함|합|하|먹|맞)|못\s?(?:먹|하|해)|(?:하|좋아하|먹)지\s?(?:않|못)|[x×](?![a-z]))/u;
/** Before one, in English. */
const NOT =
  /(?:\b(?:not|no|never|without|avoids?|dislikes?|hates?)|n't)\s(?:(?:an?|any|been|be|really|strictly|fully|eat|like|want|need)\s)*$/u;

/** The ways of eating that a text in small letters is of. */
export function waysSaid(text: string): Preference[] {
  return WAYS.filter(([, way]) => isOwn(way, text)).map(([preference]) => preference);
}

/** Whether a text speaks of a way of eating, be it the writer's or not. */
export function namesAWay(text: string): boolean {
  return WAYS.some(([, way]) => way.test(text));
}

function isOwn(way: RegExp, text: string): boolean {
  return [...text.matchAll(new RegExp(way, 'gu'))].some(
    ({ 0: said, index }) =>
      !NOT_SO.test(text.slice(index + said.length)) && !NOT.test(text.slice(0, index)) && !OF_ANOTHER.test(text.slice(0, index)),
  );
}
