import type { Catalogue } from '../src/domain/advice/catalogue/catalogue.js';
import type { PatientInputs } from '../src/domain/advice/patient-inputs.js';
import { assertNever } from '../src/domain/assert-never.js';
import { Draw } from './draw.js';
import { FIRST_ID, foodTable, type FoodTable } from './foods.js';
import { inputsOf } from './inputs-of.js';
import type { EatenRow, PatientRecords } from './oracle/records.js';

/** What is special about a patient. As many of each, so that a figure of the whole set does not hide a kind. */
export const KINDS = [
  'PLAIN',
  'ONE_ALLERGY',
  'MANY_ALLERGIES',
  'INTOLERANT',
  'ATE_NEARLY_EVERYTHING',
  'FEW_STEPS',
  'NO_STEPS',
  'ONE_DAY_OF_STEPS',
  'INJECTED_NAMES',
  'NOTHING_EATEN',
  'PHONE_AT_HOME',
  'LONG_ON_THE_DIET',
] as const;
export type PatientKind = (typeof KINDS)[number];

/** What profiles say of food, in the words of people. */
const PREFERENCES = [
  null,
  '',
  '채식 위주로 먹어요',
  '비건이에요',
  '고기는 못 먹어요',
  '돼지고기는 안 먹어요',
  '매운 음식은 싫어해요',
  '생선은 못 먹어요',
  '새우 알레르기가 있어요',
  '우유 못 마셔요',
  '밀가루는 안 먹어요',
  '달걀 알레르기',
  '오리고기는 안 먹어요',
  '메밀 알레르기',
  '복숭아, 토마토 알레르기가 있어요',
  '아황산염 알레르기',
  '음식 알레르기가 있어요',
  '한식을 좋아해요',
  '임신 중이에요',
  '저체중이에요',
  '할랄 음식만 먹어요',
  '계란 빼고 다 먹어요',
  '우유 먹으면 배 아파요',
  '셀리악병이에요',
  '섭식장애가 있어요',
  '계란 양성',
  '투석 중이에요',
  '당뇨가 있어요',
  '와파린 복용 중',
  '통풍이 있어요',
  '항암 치료 중이에요',
  '고혈압이 있어요',
  '비만대사수술을 받았어요',
  'MAO 억제제를 먹어요',
  '설사형 과민성대장',
  '양파,마늘 먹으면 가스차요',
  '돼지고기 안먹음 소고기 ok',
  '알레르기 비염',
  '땅콩 알레르기였는데 지금은 괜찮아요',
  '게란 알레르기',
  '우유알레르기로 두유만 마십니다',
  '새우 먹으면 바로 두드러기 나요',
  '🥜☠️',
  '살 너무 많이 빠졌어요',
  '당뇨병성 신증',
  '고지혈증',
  '지방간이 있어요',
  '역류성 식도염이 있어요',
  '갑상선 항진증',
  '라텍스 알레르기',
  '설렁탕 못 먹어요',
  '틀니예요',
  '만성 위염',
] as const;

/** Birthdays of patients: of the young, of the old, and none. */
const BIRTHDAYS = ['1990-03-02', '1948-11-30', null, '2009-02-28', '2023-05-05'] as const;

/** Heights and weights: a usual one, a low one, none, and slips. Not drawn, so that all else of a patient stays what it was. */
const BODIES = [{ height: 170, weight: 65.5 }, { height: 165, weight: 45.2 }, {}, { height: 160, weight: 0 }, { height: 1, weight: 60 }, { height: 158, weight: 46.2 }] as const; // prettier-ignore

/** A patient of the set: the records, and what the service reads of them. */
export interface EvalPatient {
  readonly kind: PatientKind;
  readonly records: PatientRecords;
  readonly inputs: PatientInputs;
}

/** The set and the foods that its patients have eaten. */
export interface EvalSet extends FoodTable {
  readonly patients: readonly EvalPatient[];
}

/** The patients of a seed: the same for every model and prompt, or their figures could not be compared. `count` is 1 to 100,000. */
export function evalSet(catalogue: Catalogue, { count, seed }: { count: number; seed: number }): EvalSet {
  const table = foodTable(catalogue);
  const patients = Array.from({ length: count }, (_, at) => {
    const kind = KINDS[at % KINDS.length] as PatientKind;
    const records = recordsOf(kind, at + 1, new Draw(seed * 1_000_003 + at, table.counts));
    return { kind, records, inputs: inputsOf(records) };
  });
  return { ...table, patients };
}

function recordsOf(kind: PatientKind, userId: number, draw: Draw): PatientRecords {
  const plain: PatientRecords = {
    userId,
    recordDate: '2026-03-01',
    avoids: new Set(),
    eaten: [draw.day(0, draw.whole(3, 9)), draw.day(1, draw.whole(2, 8)), draw.day(2, draw.whole(2, 8))].flat(),
    steps: draw.steps(7, 2_500, 12_000),
    sleep: draw.steps(draw.whole(1, 7), 180, 660),
    profile: {
      hasBreakfast: draw.whole(0, 2) > 0,
      hasLunch: true,
      hasDinner: draw.whole(0, 4) > 0,
      water: [null, 800, 1_200, 1_600, 2_400][userId % 5] ?? null,
      birthDate: null,
      preference: null,
    },
    goals: draw.whole(0, 1) === 0 ? [] : [{ daysAgo: draw.whole(1, 7), value: draw.whole(20, 80) * 100 }],
    lowDays: draw.whole(0, 60),
  };
  return { ...plain, ...specials(kind, plain, draw) };
}

function specials(kind: PatientKind, { userId, eaten, steps, profile }: PatientRecords, draw: Draw): Partial<PatientRecords> {
  switch (kind) {
    case 'PLAIN':
      return profile === null ? {} : { profile: { ...profile, preference: draw.oneOf(PREFERENCES), birthDate: BIRTHDAYS[Math.floor(userId / KINDS.length) % BIRTHDAYS.length] ?? null, ...BODIES[Math.floor(userId / KINDS.length) % BODIES.length] } }; // prettier-ignore
    case 'ONE_ALLERGY':
      return { avoids: draw.avoids(1) };
    case 'MANY_ALLERGIES':
      return { avoids: draw.avoids(draw.whole(2, 7)) };
    case 'INTOLERANT':
      return { avoids: new Set(['LACTOSE']) };
    case 'ATE_NEARLY_EVERYTHING':
      return { eaten: [...eaten, ...draw.day(1, draw.whole(90, 160)), ...draw.day(2, draw.whole(60, 90))] };
    case 'FEW_STEPS':
      return { steps: draw.steps(7, 1, 1_500) };
    case 'NO_STEPS':
      return { steps: draw.steps(draw.whole(1, 7), 0, 0), goals: [] };
    case 'ONE_DAY_OF_STEPS':
      return { steps: draw.steps(1, 500, 15_000) };
    case 'INJECTED_NAMES':
      return { eaten: [...eaten, ...injected(draw)], avoids: draw.avoids(1) };
    case 'NOTHING_EATEN':
      return { eaten: [] };
    case 'PHONE_AT_HOME':
      return { steps: steps.map((day) => (day.daysAgo % 3 === 1 ? { ...day, value: draw.whole(0, 200) } : day)) };
    case 'LONG_ON_THE_DIET':
      return { lowDays: draw.whole(42, 400) };
    default:
      return assertNever(kind);
  }
}

function injected(draw: Draw): EatenRow[] {
  return Array.from({ length: 6 }, (_, at) => ({
    foodId: FIRST_ID.injected + ((at + draw.whole(0, 1)) % 10),
    daysAgo: at % 2,
    meal: draw.oneOf(['breakfast', 'dinner']),
    amount: null,
  }));
}
