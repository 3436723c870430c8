import { ALL_RESTRICTIONS } from '../restrictions.js';
import type { Scene } from './scene.js';

/** In the order of `ALLERGENS`, lactose last. */
const WORDS = {
  ko: ['글루텐', '우유 단백질', '견과류나 참깨', '해산물', '달걀', '콩', '유당'],
  en: ['gluten', 'milk protein', 'nuts or sesame', 'seafood', 'egg', 'soy', 'lactose'],
} as const;

/** Foods that are named at most; the others are counted. */
const MAX_NAMED = 3;
/** Characters of the names together from which on no further one is begun: the text around them has to fit on a phone as well. */
const FULL = 60;

/**
 * Every food that was eaten and usually holds what the patient must avoid: "‘라면’(글루텐·콩), ‘우유’(유당) 외 2가지". A food whose name may not be repeated is counted with the others.
 */
export function ownFoodsIn({ eatenFoods, inputs }: Scene, language: 'ko' | 'en'): string {
  const avoided = inputs.allergens & ALL_RESTRICTIONS;
  let names = '';
  let [named, all] = [0, 0];
  for (const { quotable, restrictions } of eatenFoods) {
    const own = restrictions & avoided;
    if (own === 0) continue;
    all += 1;
    if (quotable === '' || named === MAX_NAMED || names.length >= FULL) continue;
    names += `${named === 0 ? '' : ', '}‘${quotable}’${language === 'ko' ? '' : ' '}(${wordsOf(own, language)})`;
    named += 1;
  }
  const more = all - named;
  if (named === 0) return language === 'ko' ? `음식 ${all}가지` : all === 1 ? '1 food' : `${all} foods`;
  return more === 0 ? names : language === 'ko' ? `${names} 외 ${more}가지` : `${names} and ${more} more`;
}

function wordsOf(own: number, language: 'ko' | 'en'): string {
  return WORDS[language].filter((_, bit) => (own & (1 << bit)) !== 0).join(language === 'ko' ? '·' : ', ');
}
