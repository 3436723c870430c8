import { speaksOf, tellsOfDisorder, wordsOf } from './care-words.js';
import { reasonBit, type LeftOutReason } from './left-out-reasons.js';
import {
  BAD_CHEWING,
  BLOOD_THINNERS,
  BUSY_THYROID,
  FAT_NOT_BORNE,
  FATTY_LIVER,
  FAVISM,
  FRUCTOSE,
  GOUT,
  HEARTS,
  HISTAMINE,
  LATEX,
  LIPIDS,
  MAO_INHIBITORS,
  MOUTH_ALLERGY,
  NOT_WITH_GRAPEFRUIT,
  NO_WALKING,
  PREGNANCY,
  PRESSURE,
  REFLUX,
  SET_BY_A_CLINIC,
  STONES,
  SUGAR,
  SULPHITES,
  WEAK_IMMUNITY,
} from './conditions.js';

/** Bits of conditions whose diet is part of their treatment (decisions 061, 063, 066 and 068). */
export const [OWN_DIET, DIABETES, ANTICOAGULANT, LESS_SALT, NO_FRUIT, LESS_FAT, DISORDER, NO_STEPS] = [
  1, 2, 4, 8, 16, 32, 64, 128,
] as const;

/** Sugar and syrups, and sauces with much of them. Source: `diabetes-sugar`. Words of the catalogue, as all that follow. */
const SUGARS = ['설탕', '물엿', '조청', '꿀', '돈가스소스', '토마토케첩'];
/** Porridge, whose grain is boiled soft, rice cake and glutinous rice: an own rule. */
const SOFT_STARCH = ['가래떡', '떡볶이떡', '죽', '찹쌀밥', '찹쌀가루'];
/** What holds much vitamin K: an amount that changes from day to day changes what the drug does. Source: `vitamin-k-steady`. */
const GREENS = ['시금치', '근대', '부추', '깻잎', '브로콜리', '상추', '청경채', '양배추'];
const STOCKS = ['멸치육수', '소고기육수', '닭육수'];
/** What is high in purines. Source: `gout-purines`. */
const PURINES = [...STOCKS, '고등어', '연어', '참치', '새우', '조개', '홍합', '전복', '오징어', '액젓', '어묵', '굴소스'];
const NUTS = ['호두', '밤', '잣', '땅콩', '아몬드'];
const KIMCHI = ['김치', '깍두기'];
const PASTES = ['된장', '청국장', '고추장', '춘장'];
const MEATS_CURED = ['햄', '소시지'];
/** What is salted to keep, and what is drunk with its salt: soups, and noodles in a stock. Source: `salt-pressure`. */
const SALTED = ['국', ...STOCKS, ...KIMCHI, ...PASTES, ...MEATS_CURED, '새우젓', '액젓', '어묵', '굴소스', '라면 스프', '참치'];
/** Meat with much fat, and what is made of the fat of milk or boiled out of bones. Sources: `cholesterol-fat`, `fatty-liver-diet`, `reflux-diet`; that stocks are among it is an own rule. */
const FATTY = ['소갈비', '돼지갈비', '오리고기', ...MEATS_CURED, '버터', '치즈', '아이스크림', '마요네즈', '카레가루', '소고기육수'];
/** Source: `histamine-foods`. */
const HISTAMINES = [
  '시금치',
  '토마토',
  '가지',
  '식초',
  '고등어',
  '참치',
  '멸치육수',
  '새우',
  '조개',
  '홍합',
  '오징어',
  '어묵',
  '딸기',
  '키위',
  '감귤',
  '파인애플',
  '호두',
];
/** Source: `latex-fruit`. */
const LIKE_LATEX = ['바나나', '키위', '밤', '토마토', '감자', '피망'];
/** What is fermented or ripened. Source: `maoi-tyramine`. */
const FERMENTED = [...KIMCHI, ...PASTES, ...MEATS_CURED, '간장', '새우젓', '액젓', '굴소스', '치즈'];
/** Source: `oxalate-stones`. */
const OXALATES = ['시금치', '근대', ...NUTS];
/** What is hard, tough or sticky. Source: `kdca-choking-2026`; whole nuts, squid, raw radish and meat in one piece or in slices that are grilled or cold are an own rule. */
const HARD = ['가래떡', '떡볶이떡', ...NUTS, '오징어', '무생채', '깍두기', '스테이크', '등심구이', '차돌박이구이', '편육', '안심구이', '목살소금구이', '오리소금구이', '육전']; // prettier-ignore
/** What is sour, hot or holds caffeine, as far as the list has it. Source: `reflux-triggers`. */
const SOUR_OR_HOT = ['고추', '감귤', '토마토', '파인애플', '키위', '식초', '녹차'];
/** What is usually treated with sulphites: dried fruit and fish, shrimps, clams, tinned tuna and vinegar. Source: `sulphite-foods`; peeled lotus root is an own rule. */
const SULPHITED = ['대추', '새우', '새우젓', '어묵', '조개', '홍합', '북어', '참치', '식초', '연근', '깍두기'];

/** What no dish holds that is offered to a patient with a condition, and what it is called where it was eaten. The last of them have no words: what they leave out is in no dish of the catalogue. */
const LEFT_OUT: readonly (readonly [reason: LeftOutReason, condition: RegExp, words: readonly string[]])[] = [
  ['SUGAR', wordsOf(SUGAR), [...SUGARS, ...SOFT_STARCH]],
  ['GREENS', wordsOf(BLOOD_THINNERS), GREENS],
  ['GOUT', wordsOf(GOUT), PURINES],
  ['STONES', wordsOf(STONES), OXALATES],
  ['MAO_INHIBITOR', wordsOf(MAO_INHIBITORS), FERMENTED],
  ['SALT', wordsOf([...PRESSURE, ...HEARTS]), SALTED],
  ['FRUCTOSE', wordsOf(FRUCTOSE), ['과일', '밤', ...SUGARS]],
  ['CHOKING', wordsOf([BAD_CHEWING]), HARD],
  ['FAT', wordsOf([...LIPIDS, ...FATTY_LIVER, ...REFLUX, ...FAT_NOT_BORNE]), FATTY],
  ['LIVER', wordsOf(FATTY_LIVER), SUGARS],
  ['REFLUX', wordsOf(REFLUX), SOUR_OR_HOT],
  ['THYROID', wordsOf(BUSY_THYROID), ['해조']],
  ['HISTAMINE', wordsOf(HISTAMINE), [...FERMENTED, ...HISTAMINES]],
  ['LATEX', wordsOf(LATEX), LIKE_LATEX],
  ['SULPHITES', wordsOf(SULPHITES), SULPHITED],
  ['MOUTH', wordsOf(MOUTH_ALLERGY), ['과일', ...NUTS]],
  ['GRAPEFRUIT', wordsOf(NOT_WITH_GRAPEFRUIT), []],
  ['NATTO', wordsOf(BLOOD_THINNERS), ['청국장']],
  ['PREGNANCY', wordsOf(PREGNANCY), []],
  ['IMMUNITY', wordsOf(WEAK_IMMUNITY), []],
  ['FAVISM', wordsOf(FAVISM), []],
];
/** Words of the catalogue by reason. */
export const WORDS_LEFT_OUT: ReadonlyMap<LeftOutReason, readonly string[]> = new Map(LEFT_OUT.map(([reason, , words]) => [reason, words]));

const NOT_BORNE = wordsOf(FAT_NOT_BORNE);

/** What is told of, or asked for, by a bit. That somebody does not walk is no diet, and stands beside them. */
const TOLD: readonly (readonly [bit: number, condition: RegExp])[] = [
  [OWN_DIET, wordsOf(SET_BY_A_CLINIC)],
  [DIABETES, wordsOf(SUGAR)],
  [ANTICOAGULANT, wordsOf(BLOOD_THINNERS)],
  [LESS_SALT, wordsOf([...PRESSURE, ...HEARTS])],
  [NO_FRUIT, wordsOf([...FRUCTOSE, ...MOUTH_ALLERGY])],
  [NO_STEPS, wordsOf(NO_WALKING)],
  [LESS_FAT, wordsOf([...LIPIDS, ...FATTY_LIVER, ...REFLUX, ...FAT_NOT_BORNE])],
];

/** What a free text about food tells of such conditions, as bits. */
export function treatedDietsOf(text: string): number {
  return TOLD.reduce((bits, [bit, condition]) => (speaksOf(condition, text) ? bits | bit : bits), tellsOfDisorder(text) ? DISORDER : 0);
}

/**
 * Words of the catalogue for what no dish may hold that is offered to the writer of a text.
 *
 * @param mayBeFat whether what is left out for its fat alone is not among them
 */
export function notForTreated(text: string, mayBeFat = false): readonly string[] {
  return LEFT_OUT.flatMap(([, condition, words]) => ((mayBeFat && words === FATTY) || !speaksOf(condition, text) ? [] : words));
}

/** The conditions of a text for which foods are left out: bits of `reasonBit`. */
export function reasonsTold(text: string): number {
  return LEFT_OUT.reduce((bits, [reason, condition]) => (speaksOf(condition, text) ? bits | reasonBit(reason) : bits), 0);
}

/** Whether a text tells of food with much fat that is not borne: it is left out for whom it makes ill, whatever they weigh. */
export function bearsNoFat(text: string): boolean {
  return speaksOf(NOT_BORNE, text);
}
