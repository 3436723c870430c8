import { describe, expect, it } from '@jest/globals';
import { isUnderweight } from '../../../src/domain/advice/low-weight.js';
import { addDays, localDate, type LocalDate } from '../../../src/domain/local-date.js';
import { profileOf } from '../../../src/records/profile-columns.js';
import { advised, engineIn, english, idOf, korean, patient } from './advice-fixture.js';

const DAY = localDate('2026-03-01');
const born = (date: string): number => Date.parse(date) / 86_400_000;

/** What a patient of this height and weight, who wrote nothing and ate a good deal of high foods, is told on a day. */
function told(body: string, date: LocalDate, tongue = korean): { readonly text: string; readonly goal: number | null } {
  const eaten = ['김치찌개', '오렌지', '짜장면'].map((name) => idOf(name));
  const inputs = patient({ profile: profileOf([0, null, born('1990-05-05'), '', body], DAY), recordDate: date, today: eaten, recent: eaten, mealsEaten: [0, 1, 2], amounts: [400, 400, 600] }); // prettier-ignore
  const { dietEvaluation, dietTarget, exerciseEvaluation, exerciseTarget } = advised(inputs, engineIn(tongue));
  return { text: [dietEvaluation, dietTarget.Summary, exerciseEvaluation].join('\n'), goal: exerciseTarget };
}

describe('A low weight by the profile', () => {
  it.each([
    ['165 43.5', 40, true],
    ['170 53.4', 40, true], // 18.48
    ['170 53.5', 40, false], // 18.51
    ['165 43.5', 19, true],
    ['165 43.5', 18, false],
    ['110 18.0', 5, false],
    ['165 43.5', null, true],
    ['165 60.0', 40, false],
    ['230 30.0', 40, false], // no figures of one person
  ])('is found of %s at %s: %s', (body, age, isLow) => {
    expect(isUnderweight(body, age)).toBe(isLow);
  });

  it.each([null, '', '165 0', '0 43.5', '0 0', '1 43.5', '65 43.5', '165 4.3', '165 NaN', '165cm 43.5kg', '43 165', '165 -43.5', '1e2 43', '165', '99999 43.5', '165 Infinity'])(
    'is not known of %j',
    (body) => {
      expect(isUnderweight(body, 40)).toBe(false);
    },
  ); // prettier-ignore

  it('is told not to eat less and to walk no more, as one who writes of it, and never with a figure of it', () => {
    for (let day = 0; day < 14; day += 1) {
      for (const [tongue, ask] of [
        [korean, /의료진과 의논/u],
        [english, /doctor/u],
      ] as const) {
        const thin = told('165 43.5', addDays(DAY, day), tongue);
        expect(thin.text).toMatch(ask);
        expect(thin.text).not.toMatch(/FODMAP|줄여 보|less of|43\.5|165|15\.9|16\.0|BMI/u);
        expect(thin.goal).toBe(5_000); // what was walked, and no more
      }
    }
    const usual = Array.from({ length: 14 }, (_, day) => told('165 60.0', addDays(DAY, day)));
    expect(usual.every(({ text, goal }) => /FODMAP/u.test(text) && (goal ?? 0) > 5_000)).toBe(true);
  });

  it('needs care and no text', () => {
    expect(profileOf([0, null, born('1990-05-05'), null, '165 43.5'], DAY)).toMatchObject({ mustNotRestrict: true, needsCare: true });
    expect(profileOf([0, null, born('1990-05-05'), null, '165 60.0'], DAY)).toMatchObject({ mustNotRestrict: false, needsCare: false });
    // One who grows is not judged by an adult's index, and has care by age.
    expect(profileOf([0, null, born('2010-05-05'), null, '165 43.5'], DAY)).toMatchObject({ mustNotRestrict: false, age: 15 });
  });
});
