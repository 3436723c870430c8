import { describe, expect, it } from '@jest/globals';
import { addDays, localDate } from '../../../src/domain/local-date.js';
import { profileOf } from '../../../src/records/profile-columns.js';
import { advised, engineIn, english, idOf, korean, patient } from './advice-fixture.js';

const DAY = localDate('2026-03-01');

/** Summaries of three weeks of a patient who recorded a food at these meals (places of breakfast, lunch and dinner, -1 for another), and never eats some (1, 2, 4). */
function summaries(mealsEaten: readonly number[], skips = 0, tongue = korean): string[] {
  const today = ['쌀밥', '달걀찜', '사과'].slice(0, mealsEaten.length).map((name) => idOf(name));
  return Array.from({ length: 21 }, (_, day) => {
    const profile = profileOf([skips, null, null, null, null], DAY);
    return advised(patient({ today, recent: today, mealsEaten, profile, recordDate: addDays(DAY, day) }), engineIn(tongue)).dietTarget
      .Summary;
  });
}

const asked = (text: string): number => text.match(/거르셨다면|거르신 끼니/gu)?.length ?? 0;

describe('Meals without a record', () => {
  it('are asked about in one sentence, however many they are', () => {
    for (const [mealsEaten, count] of [
      [[-1], 3],
      [[0], 2],
      [[2, -1], 2],
    ] as const) {
      const texts = summaries(mealsEaten);
      expect(texts.map(asked)).toEqual(texts.map(() => 1));
      for (const text of texts) expect(text).toMatch(new RegExp(`끼니가 ${count}번|기록이 ${count}번`, 'u'));
      for (const text of summaries(mealsEaten, 0, english)) expect(text).toMatch(/main meals/iu);
    }
  });

  it('are called by their name where it is one', () => {
    for (const text of summaries([0, 2])) expect([asked(text), text]).toEqual([1, expect.stringMatching(/점심(?: 기록|을 거르셨)/u)]);
  });

  it('are none where the profile says that they are not eaten', () => {
    for (const text of summaries([1, 2], 1)) expect([asked(text), text]).toEqual([0, expect.stringMatching(/한 상/u)]);
    for (const text of summaries([-1], 1)) expect(text).toMatch(/2번/u);
  });
});
