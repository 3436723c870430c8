import { ageOn } from './age.js';
import type { Eaten } from './eaten.js';
import { holdsOwn, isUnsure } from './own-foods.js';
import { isNamedAllergy, mustNotLessen, namedIn, unwantedBy } from './preferences.js';
import type { PatientRecords } from './records.js';
import { BARRED, isTooFatty, isTooSalty, isTreatedBy, treatmentsOf, type Treatment } from './treated.js';
import type { Tongue } from './words.js';

/** Why a food is not for a patient, in the order in which a sentence tells it, and how. */
const REASONS = {
  ALLERGY: { ko: '알레르기', en: 'allergy' },
  NOT_BORNE: { ko: '못 드신다고 적은 것', en: 'you avoid it' },
  CHEWING: { ko: '목에 걸리기 쉬움', en: 'choking' },
  CAFFEINE: { ko: '카페인', en: 'caffeine' },
  MAOI: { ko: 'MAO 억제제', en: 'MAO inhibitor' },
  GRAPEFRUIT: { ko: '드시는 약', en: 'your medicine' },
  NATTO: { ko: '와파린', en: 'warfarin' },
  PREGNANT: { ko: '임신', en: 'pregnancy' },
  IMMUNE: { ko: '면역', en: 'immunity' },
  LATEX: { ko: '라텍스', en: 'latex' },
  SULPHITES: { ko: '아황산염', en: 'sulphites' },
  FRUCTOSE: { ko: '과당', en: 'fructose' },
  DIABETES: { ko: '당뇨', en: 'diabetes' },
  GOUT: { ko: '통풍', en: 'gout' },
  STONES: { ko: '결석', en: 'stones' },
  SALT: { ko: '짠 음식', en: 'salty' },
  FAT: { ko: '지방', en: 'fat' },
  LIVER: { ko: '지방간', en: 'fatty liver' },
  STOMACH: { ko: '위·식도', en: 'reflux' },
  THYROID: { ko: '갑상선', en: 'thyroid' },
} as const satisfies Readonly<Record<string, Readonly<Record<Tongue, string>>>>;
type Reason = keyof typeof REASONS;

/** What is eaten in less; all others may harm. */
const IN_LESS: ReadonlySet<Reason> = new Set(['DIABETES', 'GOUT', 'STONES', 'SALT', 'FAT', 'LIVER', 'STOMACH', 'THYROID']);

/** The words behind a food in a list. */
export function reasonWord(key: string, tongue: Tongue): string {
  return REASONS[key as Reason]?.[tongue] ?? '';
}

/** Plain names of foods of no data file that say what is in them, or what they are. Few: of another name the oracle knows nothing. */
const BY_NAME: readonly (readonly [RegExp, readonly Reason[]])[] = [
  [/^(?:자몽|자몽주스|grapefruit)$/u, ['GRAPEFRUIT', 'STOMACH']],
  [/^(?:연어회|육회|광어회|간장게장|생선회)$/u, ['PREGNANT', 'IMMUNE']],
  [/^(?:체다치즈|고다 치즈|치즈볼)$/u, ['MAOI', 'FAT']],
  [/^낫토$/u, ['NATTO', 'MAOI']],
  [/^키위주스$/u, ['LATEX', 'FRUCTOSE', 'DIABETES', 'LIVER']],
];

function toldByName({ row }: Eaten, reason: Reason): boolean {
  return BY_NAME.some(([name, reasons]) => reasons.includes(reason) && name.test(row?.name ?? ''));
}

/** Why a food that was eaten is not for a patient, as far as that is told: of safety or of a condition. Greens on drugs against clots are not: they are to be eaten as always. */
export function toldReasons(food: Eaten, records: PatientRecords): Reason[] {
  return (Object.keys(REASONS) as Reason[]).filter((reason) => isSo(reason, food, records));
}

function isSo(reason: Reason, food: Eaten, records: PatientRecords): boolean {
  const { plate, dish } = food;
  const text = records.profile?.preference ?? '';
  const isAllergy = isNamedAllergy(text);
  const age = ageOn(records.recordDate, records.profile?.birthDate);
  const holds = (is: RegExp | undefined): boolean => plate?.parts.some(({ of }) => is?.test(of.id) === true) === true;
  switch (reason) {
    case 'ALLERGY':
    case 'NOT_BORNE':
      return (reason === 'ALLERGY') === isAllergy && plate?.parts.some(({ of }) => namedIn(text)(of)) === true;
    case 'CHEWING':
      return (
        ((age ?? 0) >= 70 && holds(/^rice-cake$/u)) ||
        (age !== null && age < 5 && holds(/^(?:rice-cake|walnut|chestnut|pine-nut|peanut|almond)$/u)) ||
        (isTreatedBy('CHEWING', records) && holds(BARRED.CHEWING))
      );
    case 'CAFFEINE':
      return age !== null && age < 12 && holds(/^green-tea$/u);
    case 'NATTO':
      return isTreatedBy('WARFARIN', records) && (holds(/^cheonggukjang$/u) || toldByName(food, reason));
    case 'GRAPEFRUIT':
    case 'PREGNANT':
    case 'IMMUNE':
      return isTreatedBy(reason, records) && toldByName(food, reason);
    default:
      return (
        treatmentsOf(records, mustNotLessen(records)).includes(reason satisfies Treatment) &&
        (plate === undefined
          ? toldByName(food, reason)
          : holds(BARRED[reason]) || isMuch(reason, food, records) || isOfKind(reason, dish?.category))
      );
  }
}

/** Whether as much is known to be in it: what has no figure is told of nothing. */
function isMuch(reason: Reason, { plate }: Eaten, records: PatientRecords): boolean {
  const parts = plate?.parts ?? [];
  if (reason === 'SALT') return isTooSalty(parts.filter(({ of }) => of.sodium !== null), records); // prettier-ignore
  return reason === 'FAT' && isTooFatty(parts, records, mustNotLessen(records));
}

function isOfKind(reason: Reason, category: string | undefined): boolean {
  return (reason === 'DIABETES' && category === 'PORRIDGE') || (reason === 'SALT' && category === 'SOUP_STEW');
}

/** Foods that may harm, as `ownFoods` has them. */
export function harmfulFoods(foods: readonly Eaten[], records: PatientRecords): string[] {
  return listed(foods, (food) => toldReasons(food, records).filter((each) => !IN_LESS.has(each)));
}

/** Other foods that are eaten in less by a condition. */
export function unsuitedFoods(foods: readonly Eaten[], records: PatientRecords): string[] {
  return listed(foods, (food) => {
    const told = toldReasons(food, records);
    return told.every((each) => IN_LESS.has(each)) ? told : [];
  });
}

function listed(foods: readonly Eaten[], reasonsOf: (food: Eaten) => Reason[]): string[] {
  return foods.flatMap((food) => {
    const reasons = reasonsOf(food);
    return reasons.length === 0 ? [] : [`${food.name}|${reasons.join()}`];
  });
}

/** Whether a food holds what the patient is allergic to, by a flag or by their words: no lactose of an intolerance, and nothing that only upsets. */
export function isAllergic(food: Eaten, records: PatientRecords): boolean {
  const own = new Set([...records.avoids].filter((each) => each !== 'LACTOSE' && records.upsets?.has(each) !== true));
  return holdsOwn(food, own) || toldReasons(food, records).includes('ALLERGY');
}

/** Whether nothing may speak for a food that was eaten: it holds what the patient must avoid, or may, or is not eaten by them, or is not for them. */
export function isNotFor(food: Eaten, records: PatientRecords): boolean {
  const { plate } = food;
  return (
    holdsOwn(food, records.avoids) ||
    isUnsure(food, records.avoids) ||
    toldReasons(food, records).length > 0 ||
    (plate !== undefined &&
      (plate.parts.some(({ of }) => unwantedBy(records)(of)) ||
        isTooSalty(plate.parts, records) ||
        isTooFatty(plate.parts, records, mustNotLessen(records))))
  );
}
