import type { EatenFood } from './eaten-food.js';
import type { AdviceLanguage } from './language.js';

type Called = Pick<EatenFood, 'quotable' | 'facts'>;

/** What a list calls a food that was eaten: its name, in English that of the catalogue where it has one. Empty where the name may not be repeated. */
export function calledIn({ quotable, facts }: Called, language: AdviceLanguage): string {
  const nameEn = facts?.nameEn ?? '';
  return language === 'ko' || quotable === '' || nameEn === '' ? quotable : nameEn;
}

/**
 * What a sentence calls a food that it judges or advises on: a name that the catalogue knows; empty for any other. IBSafe's table is typed by people, and no pattern tells a food from an
 * order (`Take 10 pills`): that one is called low in FODMAPs by IBSafe makes it none.
 */
export function knownAs(food: Called, language: AdviceLanguage): string {
  return isKnown(food) ? calledIn(food, language) : '';
}

/** Whether a sentence may judge a food by its name. */
export function isKnown({ quotable, facts }: Called): boolean {
  return quotable !== '' && facts !== undefined && facts.nameEn !== '';
}
