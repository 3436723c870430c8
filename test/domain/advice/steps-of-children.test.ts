import { describe, expect, it } from '@jest/globals';
import type { DailyAdvice } from '../../../src/domain/advice/daily-advice.js';
import { addDays, localDate } from '../../../src/domain/local-date.js';
import { profileOf } from '../../../src/records/profile-columns.js';
import { advised, engineIn, english, idOf, korean, patient } from './advice-fixture.js';

const DAY = localDate('2026-03-01');
const WEEKS = [[10_300, 10_900, 9_700, 10_200], [0, 0, 0], [400, 300, 350, 250], [7_900], [3_000, 12_000, 4_000, 14_000, 2_000]];

function advisedAt(
  bornOn: string | null,
  steps: readonly number[],
  { text = null as string | null, at = 0, tongue = korean } = {},
): DailyAdvice {
  const inputs = patient({ profile: profileOf([0, null, bornOn === null ? null : Date.parse(bornOn) / 86_400_000, text, null], DAY), recordDate: addDays(DAY, at), today: [idOf('쌀밥')], mealsEaten: [1], steps }); // prettier-ignore
  return advised(inputs, engineIn(tongue));
}

/** Words of a mark or a goal of grown-ups. */
const OF_ADULTS = /6,000|목표를 채워|enough|below half|목표(?:로|예요|는 하루)|next goal|Aim for|넉넉/u;

describe('The steps of a child', () => {
  it.each(['2023-02-01', '2020-03-01', '2015-06-01', '2008-03-02'])('have no goal and no mark of grown-ups, born on %s', (bornOn) => {
    for (const steps of WEEKS) {
      for (const [at, tongue] of [
        [0, korean],
        [1, korean],
        [0, english],
        [1, english],
      ] as const) {
        // prettier-ignore
        const { exerciseTarget, exerciseEvaluation } = advisedAt(bornOn, steps, { at, tongue });
        expect([bornOn, steps, exerciseTarget, OF_ADULTS.exec(exerciseEvaluation)?.[0]]).toEqual([bornOn, steps, null, undefined]);
        expect(exerciseEvaluation).toMatch(/5~17세|of 5 to 17/u);
      }
    }
  });

  it('are those of a grown-up from the eighteenth birthday on, and where no birthday is known', () => {
    for (const bornOn of ['2008-03-01', '1990-03-01', null]) {
      const { exerciseTarget, exerciseEvaluation } = advisedAt(bornOn, WEEKS[0] as number[]);
      expect([bornOn, exerciseTarget]).toEqual([bornOn, expect.any(Number)]);
      expect(exerciseEvaluation).toMatch(OF_ADULTS);
    }
  });

  it('keep the goal that holds back where no word may urge to walk', () => {
    const { exerciseTarget, exerciseEvaluation } = advisedAt('2012-03-01', [2_000, 2_001, 2_003, 2_002], { text: '저체중이에요' });
    expect(exerciseTarget).toBeLessThanOrEqual(2_002);
    expect(exerciseEvaluation).toMatch(/더 걷지 않으셔도|걸음을 늘리지 마세요/u);
  });
});
