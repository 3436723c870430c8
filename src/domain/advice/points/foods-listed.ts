import { calledIn } from '../called-food.js';
import type { EatenFood } from '../eaten-food.js';
import { CAUTION_BITS, DIET_BITS, reasonWords } from '../left-out-reasons.js';
import type { Scene } from './scene.js';

/** In the order of `ALLERGENS`, lactose last. */
const WORDS = {
  ko: ['글루텐', '우유 단백질', '견과류나 깨', '해산물', '달걀', '콩', '유당'],
  en: ['gluten', 'milk protein', 'nuts or seeds', 'seafood', 'egg', 'soy', 'lactose'],
} as const;

/** Foods that are named at most; the others are counted. */
const MAX_NAMED = 3;
/** Foods that are left out for another reason. */
const MAX_LEFT_OUT = 2;
/** The same of foods that are not known well: what is known to be in others is told beside them, and English is longer. */
const MAX_UNSURE = { ko: 2, en: 1 };
/** Characters of the first one, marks included, from which on no second is begun. */
const LONG_NAME = 13;
/** Characters of the names together from which on no further one is begun: the text around them has to fit on a phone as well. */
const FULL = { ko: 60, en: 36 };
/** Characters of a food with what is in it, beyond which the food is named alone, and not begun after another. */
const LONG_FOOD = { ko: Number.POSITIVE_INFINITY, en: 52 };

/**
 * Every food that was eaten and usually holds what the patient must avoid: "‘라면’(글루텐·콩), ‘우유’(유당) 외 2가지". A food whose name may not be repeated is counted with the others.
 */
export function ownFoodsIn(scene: Scene, language: 'ko' | 'en'): string {
  return listed(scene, language, MAX_NAMED, ({ own }) => (own === 0 ? null : wordsOf(own, language)));
}

/** Every food that was eaten and may harm the patient, with the reason: "‘김치’(MAO 억제제)". */
export function harmfulFoodsIn(scene: Scene, language: 'ko' | 'en'): string {
  return listed(scene, language, MAX_LEFT_OUT, ({ leftOut }) => reasonsIn(leftOut & CAUTION_BITS, language));
}

/** Every other one that is left out for a condition: "‘라면’(짠 음식)". */
export function unsuitedFoodsIn(scene: Scene, language: 'ko' | 'en'): string {
  return listed(scene, language, MAX_LEFT_OUT, ({ leftOut }) =>
    (leftOut & CAUTION_BITS) !== 0 ? null : reasonsIn(leftOut & DIET_BITS, language),
  );
}

function reasonsIn(bits: number, language: 'ko' | 'en'): string | null {
  return bits === 0 ? null : reasonWords(bits, language);
}

/** Foods of which something is told, each with what that is. */
function listed({ eatenFoods }: Scene, language: 'ko' | 'en', max: number, wordsFor: (food: EatenFood) => string | null): string {
  let names = '';
  let [named, all] = [0, 0];
  for (const food of eatenFoods) {
    const words = wordsFor(food);
    if (words === null) continue;
    all += 1;
    const name = calledIn(food, language);
    if (name === '' || named === max || names.length >= FULL[language]) continue;
    const told = `‘${name}’${language === 'ko' ? '' : ' '}(${words})`;
    const isLong = names.length + told.length > LONG_FOOD[language];
    if (isLong && named > 0) continue;
    names += named === 0 ? (isLong ? `‘${name}’` : told) : `, ${told}`;
    named += 1;
  }
  return counted(names, named, all, language);
}

/** Every food that was eaten and may hold what the patient is allergic to: "‘라면’, ‘햄’ 외 2가지". */
export function unsureFoodsIn({ eatenFoods }: Scene, language: 'ko' | 'en'): string {
  let names = '';
  let [named, all] = [0, 0];
  for (const food of eatenFoods) {
    if (food.unsure === 0) continue;
    all += 1;
    const name = calledIn(food, language);
    if (name === '' || named === MAX_UNSURE[language] || names.length >= LONG_NAME) continue;
    names += `${named === 0 ? '' : ', '}‘${name}’`;
    named += 1;
  }
  return counted(names, named, all, language);
}

function counted(names: string, named: number, all: number, language: 'ko' | 'en'): string {
  if (named === 0) return language === 'ko' ? `음식 ${all}가지` : all === 1 ? '1 food' : `${all} foods`;
  if (named === all) return names;
  return language === 'ko' ? `${names} 외 ${all - named}가지` : `${names} and ${all - named} more`;
}

function wordsOf(own: number, language: 'ko' | 'en'): string {
  return WORDS[language].filter((_, bit) => (own & (1 << bit)) !== 0).join(language === 'ko' ? '·' : ', ');
}
