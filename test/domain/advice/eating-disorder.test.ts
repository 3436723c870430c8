import { describe, expect, it } from '@jest/globals';
import { speaksOfCare, forbidsLess, tellsOfDisorder } from '../../../src/domain/advice/care-words.js';
import { addDays, localDate } from '../../../src/domain/local-date.js';
import { profileOf } from '../../../src/records/profile-columns.js';
import { advised, engineIn, english, idOf, korean, patient } from './advice-fixture.js';

const DAY = localDate('2026-03-01');

/** Advice of a patient who has had rice. */
const day = (text: string | null) => advised(patient({ profile: profileOf([0, null, null, text, null], DAY), today: [idOf('쌀밥')], amounts: [210], mealsEaten: [1], lowDays: 60 }), engineIn(korean)); // prettier-ignore

describe('A disorder of eating', () => {
  it.each([
    '섭식장애가 있어요',
    '식이 장애 치료중',
    '거식증 완치했어요',
    '예전에 거식증이 있었어요',
    '폭식증 극복했어요',
    '스트레스 받으면 폭식해요',
    '신경성 식욕부진증',
    '먹토 해요',
    '밥 먹고 토해요',
    '음식 먹는 게 무서워요',
    'anorexia nervosa',
    'recovering from bulimia',
    'binge eating disorder',
    'ARFID',
    'I have an eating disorder',
    'afraid of eating',
  ])('is told by %j, and so is that foods are not to be left out alone', (text) => {
    expect([tellsOfDisorder(text.toLowerCase()), forbidsLess(text.toLowerCase()), speaksOfCare(text.toLowerCase())]).toEqual([true, true, true]); // prettier-ignore
  });

  it.each([
    '섭식장애 없음',
    '거식증 아니에요',
    'no history of anorexia',
    'binge drinking on weekends',
    '저체중이에요',
    '새우 먹기가 무서워요',
    '남편이 거식증이에요',
  ])('is not told by %j', (text) => {
    expect(tellsOfDisorder(text)).toBe(false);
  });

  it('counts no day as low in FODMAPs, whatever was eaten, and the day of another counts', () => {
    expect([day('섭식장애가 있어요').isLowDay, day(null).isLowDay, day(null).fodmapCount.low]).toEqual([false, true, 1]);
  });

  it.each([
    ['섭식장애가 있어요', korean],
    ['bulimia, milk allergy', korean],
    ['anorexia', english],
  ])('has no menu, no judgement, no count and no goal, and names those who treat: %s', (text, tongue) => {
    for (let at = 0; at < 21; at += 1) {
      const inputs = patient({
        profile: profileOf([0, null, null, text, null], addDays(DAY, at)),
        recordDate: addDays(DAY, at),
        today: [idOf('식빵'), idOf('김치찌개'), idOf('소고기떡국')],
        amounts: [300, 700, 900],
        mealsEaten: [0, 1, 2],
        steps: [12_000, 20_000, 15_000],
      });
      const { offers, dietEvaluation, dietTarget, exerciseEvaluation, exerciseTarget, fodmapCount, isLowDay } = advised({ ...inputs, lowDays: 60 }, engineIn(tongue)); // prettier-ignore
      expect([offers, exerciseTarget]).toEqual([[], null]);
      expect([fodmapCount, isLowDay]).toEqual([{ low: 0, moderate: 0, high: 0, unknown: 0 }, false]);
      expect(dietTarget.Summary).not.toMatch(/재도입|reintroduction/u);
      expect(dietTarget.Summary).toMatch(/치료를 맡은 의료진|team that treats you|your doctors and a dietitian/u);
      expect(exerciseEvaluation).toMatch(/의료진|your team|the team that treats you/u);
      const all = [dietEvaluation, dietTarget.Summary, exerciseEvaluation].join(' ');
      expect(/\d(?!주)|FODMAP|대신|instead|줄여|less of|kcal/u.exec(all.replaceAll('119', ''))?.[0] ?? all).toBe(all);
    }
  });
});
