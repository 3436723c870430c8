import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { createSafetyGate } from '../../../src/domain/advice/safety-gate.js';
import { userId } from '../../../src/domain/ids.js';
import { localDate } from '../../../src/domain/local-date.js';
import { NO_PROFILE } from '../../../src/records/profile-columns.js';
import { SLEEP } from '../../../src/domain/programs/sleep/program.js';
import type { InterventionRow } from '../../../src/domain/programs/intervention-row.js';
import { book, catalogue, english, korean, vocabulary } from '../advice/advice-fixture.js';

const RECORD_DATE = localDate('2026-03-01');
const rules = { ko: rulesIn('ko'), en: rulesIn('en') };

function rulesIn(language: 'ko' | 'en') {
  const tongue = language === 'ko' ? korean : english;
  return SLEEP.rules({ catalogue, tongue, gate: createSafetyGate(catalogue, tongue), book: () => book }, SLEEP);
}

function inputsOf(sleep: readonly number[]) {
  return { userId: userId(7), recordDate: RECORD_DATE, allergens: 0, today: [], recent: [], steps: [], sleep };
}

function advised(language: 'ko' | 'en', ...sleep: number[]): InterventionRow {
  const row = rules[language].advise(inputsOf(sleep));
  if ('failed' in row || 'unsafe' in row) throw new Error(`refused: ${JSON.stringify(row)}`);
  return row;
}

/** Advice after a night, to a patient of this age. */
function advisedAt(age: number | null, minutes: number, language: 'ko' | 'en' = 'ko'): InterventionRow {
  const row = rules[language].advise({ ...inputsOf([minutes]), profile: { ...NO_PROFILE, age } });
  if ('failed' in row || 'unsafe' in row) throw new Error(`refused: ${JSON.stringify(row)}`);
  return row;
}

describe('Advice on the sleep of those who grow', () => {
  it.each([
    [4, 560, /10시간~13시간보다 짧|10시간~13시간을 권하니/u, 10],
    [6, 570, /9시간~12시간 안이에요/u, 9.5],
    [12, 500, /9시간~12시간보다 짧|9시간~12시간을 권하니/u, 9],
    [12, 730, /9시간~12시간보다 길|9시간~12시간을 권해요/u, 12],
    [13, 515, /8시간~10시간 안이에요/u, 8.5],
    [18, 400, /8시간~10시간보다 짧|8시간~10시간을 권하니/u, 8],
  ])('at %d years after %d minutes is by that age', (age, minutes, said, goal) => {
    const row = advisedAt(age, minutes);
    expect(row.sleepEvaluation).toMatch(said);
    expect(row.sleepEvaluation).not.toMatch(/7~8시간|일찍 일어나|일어나는 시각/u);
    expect([row.sleepTarget, advisedAt(age, minutes, 'en').sleepEvaluation]).toEqual([goal, expect.stringMatching(/for this age/u)]);
  });

  it('is that of adults from nineteen years on, and where no age is known', () => {
    for (const age of [19, 45, null]) expect(advisedAt(age, 570)).toEqual(advised('ko', 570));
    expect(advised('ko', 570).sleepEvaluation).toMatch(/7~8시간/u);
  });
});

describe('advice on sleep', () => {
  it('is a row for the record date itself, and says nothing of diet or exercise', () => {
    expect(advised('ko', 400, 330)).toEqual({
      gubun: 'sleep',
      recordDate: RECORD_DATE,
      targetDate: RECORD_DATE,
      dietEvaluation: '',
      dietTarget: null,
      inputFodmapCount: null,
      sleepEvaluation: expect.stringMatching(/5시간 30분.*평균.* 6시간 5분.*7시간/u),
      sleepTarget: 7,
      exerciseEvaluation: '',
      exerciseTarget: null,
      processingTime: 0,
      inputAllergies: null,
      inputRestrictions: null,
      inputRecent3days: null,
      inputWeekStep: null,
      inputTodayDiet: null,
      inputTodaySleep: 5.5,
      inputUseRag: false,
      inputOllamaModel: 'RULE',
      outputs: expect.stringContaining(`{"ruleVersion":"sleep-5","vocabulary":"${vocabulary.version}","said":"`),
    });
  });

  it('is in whole sentences of its language for any nights', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1_440 }), { minLength: 1, maxLength: 7 }), (nights) => {
        const [inKorean, inEnglish] = [advised('ko', ...nights).sleepEvaluation ?? '', advised('en', ...nights).sleepEvaluation ?? ''];
        for (const text of [inKorean, inEnglish]) {
          expect(text).toMatch(/^\S.*[.]$/u);
          expect(text).not.toMatch(/undefined|null|NaN|\s{2}| [.,]/u);
          expect(text.length).toBeLessThan(300);
        }
        expect([inKorean, inEnglish]).toEqual([expect.stringMatching(/[가-힣]/u), expect.stringMatching(/[a-z]/iu)]);
        expect(inKorean).not.toMatch(/[a-z]/iu);
        expect(inEnglish).not.toMatch(/[가-힣]/u);
      }),
    );
  });

  it('reads in English as in Korean', () => {
    expect(advised('en', 450).sleepEvaluation).toMatch(/7 hours 30 minutes.*good.* about 7 hours 30 minutes/iu);
    expect(advised('en', 661).sleepEvaluation).toMatch(/11 hours 1 minute\b.*(?:far|much).* 9 hours|9 hours.* earlier/u);
  });

  it.each([
    [200, /(?:크게 못|많이 짧)/u],
    [300, /(?:보다 짧|모자랐)/u],
    [380, /(?:에는 못 미|보다는 짧)/u],
    [450, /알맞/u],
    [560, /길었/u],
    [700, /(?:많이 길|많이 넘)/u],
  ])('says of a night of %i minutes what it was beside 7 to 8 hours, and calls it well only where no more is asked', (minutes, said) => {
    const text = advised('ko', minutes).sleepEvaluation ?? '';
    expect(text).toMatch(said);
    if (/알맞/u.test(text)) expect(text).not.toMatch(/늘려|일찍/u);
  });

  it('is refused for nights that no record can hold, and for none', () => {
    for (const nights of [[-5], [1_441], [400, 1_441], []])
      expect(rules.ko.advise(inputsOf(nights))).toEqual({ failed: 'INVALID_INPUT', field: 'sleep' });
  });

  it('is said where an earlier night cannot be: it is not counted, and costs no patient a week of advice', () => {
    for (const odd of [1_441, 99_999, -5, 2_147_483_647])
      expect(advised('ko', odd, 300, 450)).toMatchObject({ sleepTarget: advised('ko', 300, 450).sleepTarget });
  });
});
