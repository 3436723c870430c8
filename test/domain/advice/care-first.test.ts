import { describe, expect, it } from '@jest/globals';
import { speaksOfCare } from '../../../src/domain/advice/care-words.js';
import type { PatientProfile } from '../../../src/domain/advice/patient-inputs.js';
import { addDays, localDate } from '../../../src/domain/local-date.js';
import { profileOf } from '../../../src/records/profile-columns.js';
import { advised, engineIn, english, idOf, korean, patient } from './advice-fixture.js';

const DAY = localDate('2026-03-01');

/** The summaries of six days of a patient with this text and birthday. */
function summaries(preference: string | null, born: number | null, tongue = korean): string[] {
  const profile: PatientProfile = profileOf([0, null, born, preference, null], DAY);
  return Array.from({ length: 6 }, (_, day) => advised(patient({ profile, recordDate: addDays(DAY, day) }), engineIn(tongue)).dietTarget.Summary); // prettier-ignore
}

const toldOn = (texts: readonly string[], said: RegExp): number => texts.filter((text) => said.test(text)).length;
/** On how many of fourteen days a patient with this text, who had too much of a fruit, is told to eat less of it. */
const daysOfLess = (preference: string | null): number => {
  const profile = profileOf([0, null, null, preference, null], DAY);
  const days = Array.from({ length: 14 }, (_, day) =>
    advised(
      patient({
        profile,
        recordDate: addDays(DAY, day),
        today: [idOf('오렌지')],
        recent: [idOf('오렌지')],
        mealsEaten: [1],
        amounts: [300],
      }),
    ),
  );
  return toldOn(
    days.map(({ dietEvaluation, dietTarget }) => `${dietEvaluation} ${dietTarget.Summary}`),
    /1회 분량까지만|양을 줄여|그만큼만/u,
  );
};

/** On how many of fourteen days a patient with this text, birthday and water a day is told what is for healthy adults: how much coffee, alcohol or water. */
function daysOfDrinks(preference: string | null, born: number | null, millilitres: number | null): number {
  const profile = profileOf([0, millilitres, born, preference, null], DAY);
  const days = Array.from({ length: 14 }, (_, day) => advised(patient({ profile, recordDate: addDays(DAY, day) })).dietTarget.Summary);
  return toldOn(days, /커피|카페인|술과|(?<!국)물 |물은|물을|여덟 잔/u);
}

const ASK = /의사나 임상영양사와 먼저 의논하[시세]/u;

describe('A patient for whom to leave foods out is not their own to decide', () => {
  it('is sent to a doctor or a dietitian on two days of three, in Korean and English', () => {
    expect(toldOn(summaries('임신 중이에요', null), ASK)).toBe(4);
    expect(toldOn(summaries('Breastfeeding, no pork', null, english), /[Bb]efore you change (?:what you eat|foods)/u)).toBe(4);
  });

  it('is one who still grows as well', () => {
    const [born2009, born1990] = [14_000, 7_400];
    expect([toldOn(summaries(null, born2009), ASK), toldOn(summaries(null, born1990), ASK)]).toEqual([4, 0]);
    expect(toldOn([...summaries(null, born2009), ...summaries(null, born2009, english)], /프로필|profile/iu)).toBe(0); // nothing was written there
  });

  it('hears nothing of three cups of coffee, a little alcohol or eight cups of water, which are for adults in good health', () => {
    expect(
      [daysOfDrinks(null, null, null), daysOfDrinks(null, null, 900), daysOfDrinks(null, null, 2_000)].map((days) => days > 2),
    ).toEqual([true, true, true]);
    for (const millilitres of [null, 900, 2_000]) expect([daysOfDrinks('임신 중이에요', null, millilitres), daysOfDrinks('투석 중', null, millilitres), daysOfDrinks(null, 18_000, millilitres)]).toEqual([0, 0, 0]); // prettier-ignore
  });

  it('is not told to eat less by the same advice', () => {
    expect([daysOfLess(null) > 0, daysOfLess('섭식장애가 있어요'), daysOfLess('저체중이에요'), daysOfLess('임신 중이에요')]).toEqual([
      true,
      0,
      0,
      0,
    ]);
  });

  it.each([
    '임신 중이에요',
    '모유수유 중, 돼지고기 안 먹어요',
    '당뇨가 있어요',
    '신장병 환자입니다',
    '저체중이라 걱정이에요',
    'I have diabetes',
    'underweight',
    'I am pregnant and do not eat fish',
    'pregnant no raw fish',
    'breastfeeding and no dairy',
    'diabetic no sugar',
    'no sugar diabetic',
    'Pregnant (no allergies)',
    '당뇨가 있는데 알레르기는 없어요',
    '당뇨 있고 알레르기 없음',
    '임신 중이라 못 먹는 것 없음',
    '수유 중이라 술 안 해요',
    '당뇨 때문에 단것 안 해요',
    '당뇨 무 안 먹어요',
    '와파린 복용 중',
    'on blood thinners',
    '췌장염 앓았어요',
    '통풍 있음',
    '신장결석',
    '연하곤란',
    '씹는 게 힘들어요',
    'hard to swallow',
    '당뇨가 완치되지 않았어요',
    '임신부',
    '산모예요',
    '신부전',
    '만성 신부전',
    '신장이 안 좋아요',
    '콩팥이 나빠요',
    '콩팥병',
    '식이장애',
    '어머니도 당뇨예요',
    '아내와 저 둘 다 당뇨예요',
    '딸은 모유 수유 중이에요',
    '2형 당뇨',
    '작년에 임신했었고 지금은 수유 중',
    'not only pregnant',
    'kidney disease, no kidney beans',
  ])('is read from %j', (text) => {
    expect(speaksOfCare(text)).toBe(true);
  });

  it.each([
    '신장 170 cm',
    '당뇨 없음',
    '통풍이 잘 되는 집',
    '어머니가 와파린 드심',
    '사례가 많아요',
    '임신 아니에요',
    'no diabetes',
    '채식',
    '',
    '임신 중이 아닙니다',
    '임신이나 수유 중이 아니에요',
    '당뇨 X',
    '당뇨(x)',
    '임신: 무',
    '임신 계획 없음',
    '당뇨 안 걸렸어요',
    '당뇨는 완치',
    '당뇨 정상',
    '신장 기능 검사 정상',
    '수유 끝났어요',
    'pregnancy: none',
    'not pregnant or breastfeeding',
    'No history of kidney disease',
    'non-diabetic',
    'kidney beans',
    'I love kidney beans',
    '콩팥',
    '콩, 콩팥 좋아해요',
    'nursing home',
    '등산모임',
    '가족력 당뇨',
    '당뇨 가족력',
    '어머니가 당뇨예요',
    'my mother has diabetes',
    'family history of diabetes',
    '아내가 임신 중이라 같이 먹어요',
    '작년에 임신했었어요',
  ])('is not read from %j, which tells of none, of what is over, or of others', (text) => {
    expect(speaksOfCare(text)).toBe(false);
  });
});
