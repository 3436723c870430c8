import type { Ingredient, Part } from './pantry.js';
import type { PatientRecords } from './records.js';

/** Treatments of which a diet is part. */
export type Treatment =
  | 'CLINIC'
  | 'DIABETES'
  | 'WARFARIN'
  | 'GOUT'
  | 'SALT'
  | 'FRUCTOSE'
  | 'STONES'
  | 'MAOI'
  | 'FAT'
  | 'LIVER'
  | 'STOMACH'
  | 'THYROID'
  | 'LATEX'
  | 'SULPHITES'
  | 'CHEWING'
  | 'GRAPEFRUIT'
  | 'PREGNANT'
  | 'IMMUNE';

/** Plain texts of a profile that tell of one. */
const TOLD: readonly (readonly [Treatment, RegExp])[] = [
  ['CLINIC', /^(?:투석 중이에요|신장병 환자입니다|심부전이 있어요|간경화|연하곤란|비만대사수술을 받았어요|당뇨병성 신증)$/u],
  ['DIABETES', /^(?:당뇨가 있어요|당뇨병성 신증)$/u],
  ['WARFARIN', /^와파린 복용 중$/u],
  ['GOUT', /^통풍이 있어요$/u],
  ['SALT', /^고혈압이 있어요$/u],
  ['FRUCTOSE', /^과당불내증$/u],
  ['STONES', /^신장결석이 있어요$/u],
  ['MAOI', /^MAO 억제제를 먹어요$/u],
  ['FAT', /^(?:스타틴을 먹어요|고지혈증|지방간이 있어요|역류성 식도염이 있어요|만성 위염)$/u],
  ['LIVER', /^지방간이 있어요$/u],
  ['STOMACH', /^(?:역류성 식도염이 있어요|만성 위염)$/u],
  ['THYROID', /^갑상선 항진증$/u],
  ['LATEX', /^라텍스 알레르기$/u],
  ['SULPHITES', /^아황산염 알레르기$/u],
  ['CHEWING', /^틀니예요$/u],
  ['GRAPEFRUIT', /^(?:스타틴을 먹어요|와파린 복용 중)$/u],
  ['PREGNANT', /^임신 중이에요$/u],
  ['IMMUNE', /^(?:간 이식을 받았어요|항암 치료 중이에요|면역억제제를 먹어요)$/u],
];

/** Ids of what is not for patients under a treatment: sugars, what changes how warfarin works, what is high in purines. */
const SWEET = /^(?:sugar|corn-syrup|rice-syrup|honey|tonkatsu-sauce|ketchup)$/u;
export const BARRED: Readonly<Partial<Record<Treatment, RegExp>>> = {
  DIABETES:
    /^(?:sugar|corn-syrup|rice-syrup|honey|rice-cake|tteokbokki-cake|tonkatsu-sauce|ketchup|(?:cooked-)?glutinous-rice(?:-flour)?)$/u,
  WARFARIN: /^(?:spinach|chard|garlic-chives|perilla-leaf|broccoli|lettuce|bok-choy|cabbage)$/u,
  GOUT: /^(?:(?:anchovy|beef|chicken)-stock|mackerel|salmon|canned-tuna|shrimp|clam|mussel|abalone|squid|fish-sauce|fish-cake|oyster-sauce|saeujeot)$/u,
  SALT: /^(?:(?:anchovy|beef|chicken)-stock|kimchi|radish-kimchi|doenjang|cheonggukjang|gochujang|black-bean-paste|ham|sausage|saeujeot|fish-sauce|fish-cake|oyster-sauce|ramyeon-soup-powder|canned-tuna)$/u,
  FRUCTOSE:
    /^(?:sugar|corn-syrup|rice-syrup|honey|ketchup|tonkatsu-sauce|strawberry|mandarin|kiwifruit|apple|korean-pear|watermelon|peach|grapes|persimmon|orange|blueberry|raspberry|pineapple|korean-melon|unripe-banana|ripe-banana|jujube)$/u,
  STONES: /^(?:spinach|chard|walnut|chestnut|pine-nut|peanut|almond)$/u,
  FAT: /^(?:beef-rib|pork-rib|duck|ham|sausage|butter|cheese|ice-cream|mayonnaise|curry-roux|beef-stock)$/u,
  LIVER: SWEET,
  STOMACH: /^(?:chilli|gochujang|kimchi|radish-kimchi|mandarin|orange|pineapple|kiwifruit|tomato|canned-tomato|ketchup|vinegar|green-tea)/u,
  THYROID: /^(?:laver|sea-mustard|kelp)$/u,
  SULPHITES: /^(?:jujube|shrimp|saeujeot|fish-cake|clam|mussel|dried-pollock|canned-tuna|vinegar|lotus-root|radish-kimchi)$/u,
  CHEWING: /^(?:rice-cake|tteokbokki-cake|walnut|chestnut|pine-nut|peanut|almond|squid|radish-kimchi)$/u,
  LATEX: /^(?:unripe-banana|ripe-banana|kiwifruit|chestnut|tomato|canned-tomato|potato|green-pepper)$/u,
  MAOI: /^(?:soy-sauce|soup-soy-sauce|tamari|doenjang|cheonggukjang|gochujang|black-bean-paste|kimchi|radish-kimchi|ham|sausage|saeujeot|fish-sauce|oyster-sauce|cheese)$/u,
};

type Profiled = Pick<PatientRecords, 'profile'>;

/** Whether a patient tells of a treatment. */
export function isTreatedBy(treatment: Treatment, { profile }: Profiled): boolean {
  return TOLD.some(([each, said]) => each === treatment && said.test((profile?.preference ?? '').trim()));
}

const NO_DOCTOR_FIRST: ReadonlySet<Treatment> = new Set([
  'SALT',
  'FRUCTOSE',
  'FAT',
  'LIVER',
  'STOMACH',
  'THYROID',
  'LATEX',
  'SULPHITES',
  'GRAPEFRUIT',
]);

/** Whether a patient tells of one for which a doctor is asked first: a high blood pressure, fructose, fat, the stomach, the thyroid, latex and sulphites are none. */
export function isTreated(records: Profiled): boolean {
  return TOLD.some(([each]) => !NO_DOCTOR_FIRST.has(each) && isTreatedBy(each, records));
}

/** Treatments that a patient tells of; what has fat is for one who must not eat less (`isLight`). */
export function treatmentsOf(records: Profiled, isLight: boolean): readonly Treatment[] {
  return TOLD.flatMap(([each]) => (isTreatedBy(each, records) && !(isLight && each === 'FAT') ? [each] : []));
}

/** Which ingredients are not for this patient by a treatment: none is where a clinic sets the diet, and what has fat is for one who must not eat less (`isLight`). The text is read once, and not for each ingredient. */
export function barredBy(records: Profiled, isLight: boolean): (ingredient: Pick<Ingredient, 'id'>) => boolean {
  const told = treatmentsOf(records, isLight);
  return ({ id }) => told.includes('CLINIC') || told.some((each) => BARRED[each]?.test(id) === true);
}

/** mg of sodium in a serving that are much for a patient who eats little salt, where half of the salt and the soy sauce of a recipe is used as they are told. */
const MUCH_SODIUM = 250;
const HALVED = ['salt', 'soy-sauce', 'tamari'];

/** Whether what is on a plate is too salty for this patient. What has no figure is salty. */
export function isTooSalty(parts: readonly Part[], records: Profiled): boolean {
  if (!isTreatedBy('SALT', records)) return false;
  const inAll = parts.map(({ of, grams }) => (of.sodium ?? Number.POSITIVE_INFINITY) * (HALVED.includes(of.id) ? 0.5 : 1) * (grams / 100));
  return inAll.reduce((sum, each) => sum + each, 0) > MUCH_SODIUM;
}

/** g of fat in a serving, that of fish apart, that are much for a patient who eats little of it. */
const MUCH_FAT = 15;

/** Whether what is on a plate is too fatty for this patient: nothing is for one who must not eat less. */
export function isTooFatty(parts: readonly Part[], records: Profiled, isLight: boolean): boolean {
  const fat = parts.filter(({ of }) => of.group !== 'FISH').map(({ of, grams }) => ((of.fat ?? 0) / 100) * grams);
  return !isLight && isTreatedBy('FAT', records) && fat.reduce((sum, each) => sum + each, 0) > MUCH_FAT;
}

/** Whether a kind of dish is not. */
export function isKindBarred(category: string, records: Profiled): boolean {
  return (category === 'PORRIDGE' && isTreatedBy('DIABETES', records)) || (category === 'SOUP_STEW' && isTreatedBy('SALT', records));
}
