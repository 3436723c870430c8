import type { AdviceLanguage } from './language.js';

/**
 * Why a food is left out for a person, by bit in this order. The first is taste, habit or belief, and whatever else keeps a dish from a menu and is no matter of safety by itself; greens on drugs against clots are
 * left out of menus that change daily and are not told: who eats them is to go on, and not to stop.
 */
export const LEFT_OUT_REASONS = [
  'NOT_WANTED',
  'GREENS',
  'ALLERGY',
  'NOT_BORNE',
  'CHOKING',
  'CAFFEINE',
  'MAO_INHIBITOR',
  'GRAPEFRUIT',
  'NATTO',
  'PREGNANCY',
  'IMMUNITY',
  'LATEX',
  'MOUTH',
  'SULPHITES',
  'HISTAMINE',
  'FRUCTOSE',
  'FAVISM',
  'SUGAR',
  'GOUT',
  'STONES',
  'SALT',
  'FAT',
  'LIVER',
  'REFLUX',
  'THYROID',
] as const;
export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number];

/** The bit of a reason. */
export function reasonBit(reason: LeftOutReason): number {
  return 1 << LEFT_OUT_REASONS.indexOf(reason);
}

const FIRST_CAUTION = reasonBit('ALLERGY');
const FIRST_DIET = reasonBit('SUGAR');
/** What is eaten in less by a condition. */
export const DIET_BITS = (1 << LEFT_OUT_REASONS.length) - FIRST_DIET;
/** What may harm by itself. */
export const CAUTION_BITS = FIRST_DIET - FIRST_CAUTION;

/** How a text tells a reason behind a food, in brackets. Empty for what is not told. */
const WORDS: Readonly<Record<LeftOutReason, Readonly<Record<AdviceLanguage, string>>>> = {
  NOT_WANTED: { ko: '', en: '' },
  GREENS: { ko: '', en: '' },
  ALLERGY: { ko: '알레르기', en: 'allergy' },
  NOT_BORNE: { ko: '못 드신다고 적은 것', en: 'you avoid it' },
  CHOKING: { ko: '목에 걸리기 쉬움', en: 'choking' },
  CAFFEINE: { ko: '카페인', en: 'caffeine' },
  MAO_INHIBITOR: { ko: 'MAO 억제제', en: 'MAO inhibitor' },
  GRAPEFRUIT: { ko: '드시는 약', en: 'your medicine' },
  NATTO: { ko: '와파린', en: 'warfarin' },
  PREGNANCY: { ko: '임신', en: 'pregnancy' },
  IMMUNITY: { ko: '면역', en: 'immunity' },
  LATEX: { ko: '라텍스', en: 'latex' },
  MOUTH: { ko: '구강 알레르기', en: 'oral allergy' },
  SULPHITES: { ko: '아황산염', en: 'sulphites' },
  HISTAMINE: { ko: '히스타민', en: 'histamine' },
  FRUCTOSE: { ko: '과당', en: 'fructose' },
  FAVISM: { ko: 'G6PD 결핍', en: 'G6PD deficiency' },
  SUGAR: { ko: '당뇨', en: 'diabetes' },
  GOUT: { ko: '통풍', en: 'gout' },
  STONES: { ko: '결석', en: 'stones' },
  SALT: { ko: '짠 음식', en: 'salty' },
  FAT: { ko: '지방', en: 'fat' },
  LIVER: { ko: '지방간', en: 'fatty liver' },
  REFLUX: { ko: '위·식도', en: 'reflux' },
  THYROID: { ko: '갑상선', en: 'thyroid' },
};

/** The reasons of a mask as a text tells them: "임신·알레르기". */
export function reasonWords(bits: number, language: AdviceLanguage): string {
  const told = LEFT_OUT_REASONS.filter((reason) => (bits & reasonBit(reason)) !== 0 && WORDS[reason][language] !== '');
  return told.map((reason) => WORDS[reason][language]).join(language === 'ko' ? '·' : ', ');
}
