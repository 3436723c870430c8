import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { createSafetyGate } from '../../../src/domain/advice/safety-gate.js';
import { userId } from '../../../src/domain/ids.js';
import { localDate } from '../../../src/domain/local-date.js';
import { SLEEP } from '../../../src/domain/programs/sleep/program.js';
import { sleepViolations } from '../../../src/domain/programs/sleep/sleep-violations.js';
import type { InterventionRow } from '../../../src/domain/programs/intervention-row.js';
import { catalogue, book } from '../advice/advice-fixture.js';

const RECORD_DATE = localDate('2026-03-01');
const rules = { ko: rulesIn('ko'), en: rulesIn('en') };

function rulesIn(language: 'ko' | 'en') {
  return SLEEP.rules({ catalogue, language, gate: createSafetyGate(catalogue, language), book: () => book }, SLEEP);
}

function inputsOf(sleep: readonly number[]) {
  return { userId: userId(7), recordDate: RECORD_DATE, allergens: 0, today: [], recent: [], steps: [], sleep };
}

function advised(language: 'ko' | 'en', ...sleep: number[]): InterventionRow {
  const row = rules[language].advise(inputsOf(sleep));
  if ('failed' in row || 'unsafe' in row) throw new Error(`refused: ${JSON.stringify(row)}`);
  return row;
}

describe('advice on sleep', () => {
  it('is a row for the record date itself, and says nothing of diet or exercise', () => {
    expect(advised('ko', 400, 330)).toEqual({
      gubun: 'sleep',
      recordDate: RECORD_DATE,
      targetDate: RECORD_DATE,
      dietEvaluation: '',
      dietTarget: null,
      inputFodmapCount: null,
      sleepEvaluation:
        '기록된 수면은 5시간 30분으로, 권장 7~8시간보다 짧았어요. 최근 기록 2일의 평균은 6시간 5분이에요. ' +
        '잠자리에 조금 일찍 들어 7시간을 목표로 해 보세요. 잠들기 전 카페인과 늦은 식사는 줄여 보세요.',
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
      outputs: '{"ruleVersion":"sleep-1"}',
    });
  });

  it('is in whole sentences of its language for any nights', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1_440 }), { minLength: 1, maxLength: 7 }), (nights) => {
        const [korean, english] = [advised('ko', ...nights).sleepEvaluation ?? '', advised('en', ...nights).sleepEvaluation ?? ''];
        for (const text of [korean, english]) {
          expect(text).toMatch(/^\S.*[.]$/u);
          expect(text).not.toMatch(/undefined|null|NaN|\s{2}| [.,]/u);
          expect(text.length).toBeLessThan(300);
        }
        expect([korean, english]).toEqual([expect.stringMatching(/[가-힣]/u), expect.stringMatching(/[a-z]/iu)]);
        expect(korean).not.toMatch(/[a-z]/iu);
        expect(english).not.toMatch(/[가-힣]/u);
      }),
    );
  });

  it('reads in English as in Korean', () => {
    expect(advised('en', 450).sleepEvaluation).toBe(
      'You slept 7 hours 30 minutes, which is a good length. Keep aiming for about 7 hours 30 minutes, at the same times every day.',
    );
    expect(advised('en', 661).sleepEvaluation).toMatch(
      /^You slept 11 hours 1 minute, much more than .* and aim for 9 hours\. Keep naps short\.$/u,
    );
  });

  it('is refused for nights that no record can hold, and for none', () => {
    for (const nights of [[-5], [1_441], []])
      expect(rules.ko.advise(inputsOf(nights))).toEqual({ failed: 'INVALID_INPUT', field: 'sleep' });
  });
});

describe('what would be wrong with advice on sleep', () => {
  it.each([
    [{ sleepTarget: 5.5 }, ['SLEEP_GOAL_OUT_OF_BOUNDS']],
    [{ sleepTarget: 9.5 }, ['SLEEP_GOAL_OUT_OF_BOUNDS']],
    [{ sleepTarget: Number.NaN }, ['SLEEP_GOAL_OUT_OF_BOUNDS']],
    [{ sleepEvaluation: '수면제를 드시면 좋아져요.' }, ['MEDICATION']],
    [{ sleepEvaluation: 'You slept well.' }, ['WRONG_LANGUAGE']],
    [{ sleepEvaluation: '' }, ['EMPTY_TEXT']],
    [{ sleepTarget: 6 }, []],
    [{ sleepTarget: 9 }, []],
  ])('is told by its codes: %j', (change, codes) => {
    expect(sleepViolations({ sleepEvaluation: '잘 주무셨어요.', sleepTarget: 7.5, ...change }, 'ko')).toEqual(codes);
  });
});
