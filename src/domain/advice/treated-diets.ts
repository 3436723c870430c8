import { speaksOf, wordsOf } from './care-words.js';

/** Bits of conditions whose diet is part of their treatment (decision 061). */
export const [OWN_DIET, DIABETES, ANTICOAGULANT] = [1, 2, 4] as const;

/**
 * Diseases in which salt, potassium, phosphorus, fluid and protein are set for each patient. The catalogue has a figure of none of them, so that no dish of it can be called safe. Sources: `kidney-diet`,
 * `heart-failure-salt`, `cirrhosis-salt`.
 */
const SET_BY_A_CLINIC = wordsOf([
  String.raw`콩팥\s?(?:병|염|질환|이식|기능|수치|암)|신장\s?(?:병|염|질환|이식|투석|기능|수치|암)|(?:콩팥|신장)(?:이|은|도|\s)\s?(?:안\s?좋|나[쁘빠]|약[하해])|신부전|투석|칼륨\s?제한`,
  String.raw`심부전|간경[화변]|\bkidney(?![\s-]?(?:beans?|stones?))|\brenal\b|dialysis|low potassium|heart failure|cirrhosis`,
]);
const SUGAR = wordsOf([String.raw`당뇨|혈당|인슐린|diabet[a-z]*|insulin`]);
const BLOOD_THINNERS = wordsOf([String.raw`와파린|쿠마딘|항응고|warfarin|coumadin|blood thinners?`]);
const GOUT = wordsOf([String.raw`통풍(?!이 (?:잘|안))|\bgout\b`]);

/** What a free text about food tells of such conditions, as bits. */
export function treatedDietsOf(text: string): number {
  return (
    (speaksOf(SET_BY_A_CLINIC, text) ? OWN_DIET : 0) |
    (speaksOf(SUGAR, text) ? DIABETES : 0) |
    (speaksOf(BLOOD_THINNERS, text) ? ANTICOAGULANT : 0)
  );
}

/** Sugar and syrups, sauces with much of them, and porridge, whose grain is boiled soft. Source: `diabetes-sugar`; porridge and rice cake are an own rule. Words of the catalogue. */
const SUGARS = ['설탕', '물엿', '조청', '꿀', '돈가스소스', '토마토케첩', '가래떡', '떡볶이떡', '죽'];
/** What holds much vitamin K: an amount that changes from day to day changes what the drug does. Source: `vitamin-k-steady`. */
const GREENS = ['시금치', '근대', '부추', '깻잎', '브로콜리', '상추', '청경채', '양배추'];
/** What is high in purines. Source: `gout-purines`. */
const PURINES = [
  '멸치육수',
  '소고기육수',
  '닭육수',
  '고등어',
  '연어',
  '참치',
  '새우',
  '조개',
  '홍합',
  '전복',
  '오징어',
  '액젓',
  '어묵',
  '굴소스',
];

/** Words of the catalogue for what no dish may hold that is offered to the writer of a text. */
export function notForTreated(text: string): readonly string[] {
  const said = treatedDietsOf(text);
  return [
    ...((said & DIABETES) === 0 ? [] : SUGARS),
    ...((said & ANTICOAGULANT) === 0 ? [] : GREENS),
    ...(speaksOf(GOUT, text) ? PURINES : []),
  ];
}
