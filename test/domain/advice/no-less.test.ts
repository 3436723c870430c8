import { describe, expect, it } from '@jest/globals';
import { forbidsLess } from '../../../src/domain/advice/care-words.js';
import { dailyScene } from '../../../src/domain/advice/daily-scene.js';
import type { PatientInputs } from '../../../src/domain/advice/patient-inputs.js';
import { isTrue } from '../../../src/domain/advice/points/truth.js';
import { stepPlanOf } from '../../../src/domain/advice/step-plan.js';
import { addDays, localDate } from '../../../src/domain/local-date.js';
import { profileOf } from '../../../src/records/profile-columns.js';
import { advised, book, catalogue, engineIn, english, idOf, korean, patient, vocabulary } from './advice-fixture.js';

const DAY = localDate('2026-03-01');
const WEEKS = [
  [4_000, 5_000, 4_500, 5_200, 4_800],
  [20_000, 24_000, 22_000],
  [0, 0, 0],
  [300, 200, 250, 240],
  [2_000, 2_001, 2_003],
];

/** A patient of this text who ate high, moderate and low foods, much of them, and walks as in a week. */
function restricted(text: string, at: number, steps: readonly number[] = WEEKS[at % WEEKS.length] as number[]): PatientInputs {
  const eaten = ['김치찌개', '오렌지', '쌀밥', '짜장면', '사과'].map((name) => idOf(name));
  return patient({
    profile: profileOf([0, null, null, text, null], DAY),
    recordDate: addDays(DAY, at),
    today: eaten,
    recent: eaten,
    mealsEaten: [0, 1, 1, 2, 2],
    amounts: [400, 400, 210, 600, 300],
    steps,
  });
}

/** Words that judge what was eaten, take it away or lessen it, or urge to walk. */
const LESS =
  /FODMAP|중간|대신|바꿔|까지만 드|줄여|덜 드|피해 보|석 잔|대신|6,000|움직이는|식이섬유|기록하시면|기록이 많을수록|적어 두시면|같이 기록해|fibre|The more you record|fuller records|note symptoms|Write down|instead|swap|less of|smaller|Keep to (?:one|that)|moderate/iu;

const allOf = ({ dietEvaluation, dietTarget, exerciseEvaluation }: ReturnType<typeof advised>): string =>
  [dietEvaluation, dietTarget.Summary, exerciseEvaluation]
    .join('\n')
    .replaceAll(/[^\n.]*(?:한 상|swap kind for kind|replaces all)[^\n.]*\./gu, '');

describe('A patient with an eating disorder or a low weight', () => {
  it.each(['섭식장애가 있어요', '저체중이에요', 'BMI 15', 'bmi가 16', 'I have anorexia'])(
    'hears nothing of less food for three weeks (%s)',
    (text) => {
      for (let at = 0; at < 21; at += 1) {
        for (const tongue of [korean, english]) {
          const advice = advised(restricted(text, at), engineIn(tongue));
          expect([text, LESS.exec(allOf(advice))?.[0], allOf(advice)]).toEqual([text, undefined, allOf(advice)]);
          expect(advice.dietEvaluation).toMatch(/의료진과 의논|talk to a doctor|see a doctor/u);
          for (const field of [advice.dietEvaluation, advice.dietTarget.Summary, advice.exerciseEvaluation]) expect(field).not.toBe('');
        }
      }
    },
  );

  it('hears it where the profile says none of this, so that the words above are those that are said', () => {
    const texts = Array.from({ length: 21 }, (_, at) => allOf(advised(restricted('한식을 좋아해요', at))));
    expect(texts.every((text) => LESS.test(text))).toBe(true);
  });

  it('has no goal above what was walked lately, but the least of all', () => {
    for (const steps of WEEKS) {
      const { exerciseTarget, exerciseEvaluation } = advised(restricted('저체중이에요', 0, steps));
      const lately = steps.slice(-3).reduce((sum, each) => sum + each, 0) / 3;
      expect(exerciseTarget).toBeLessThanOrEqual(Math.max(500, lately));
      expect(exerciseTarget).toBeGreaterThanOrEqual(500);
      expect(exerciseEvaluation).toMatch(/더 걷지 않으셔도|걸음을 늘리지 마세요/u);
    }
    expect(stepPlanOf([2_000, 2_001, 2_003], [], true)).toMatchObject({ goal: 2_000, reason: 'HELD' });
    expect(stepPlanOf([4_766], [], true)).toMatchObject({ goal: 4_700, reason: 'HELD' });
    expect(stepPlanOf([766], [], true)).toMatchObject({ goal: 760, reason: 'HELD' });
    expect(stepPlanOf([2_000, 2_001, 2_003])).toMatchObject({ goal: 2_200, reason: 'CAPPED' });
  });

  it('cannot be told so by a model: each point that lessens is false of them, whatever it speaks of', () => {
    const inputs = restricted('섭식장애가 있어요', 3);
    const free = restricted('한식을 좋아해요', 3);
    const meals = [0, 1, 2].map((meal) => catalogue.offers.flatMap((offer, place) => (offer.dish % 3 === meal ? [place] : [])).slice(0, 8));
    const truthsOf = (given: PatientInputs): string[] => {
      const scene = dailyScene(given, book, { meals, composed: [4, 4, 4], shortSlots: 0 }, catalogue);
      return vocabulary.points.flatMap((point, place) => {
        const eaten = point.args.includes('eaten') ? scene.eatenFoods.map(({ id }) => id) : [-1];
        const dishes = point.args.includes('dish') ? scene.dishes.map((dish) => dish.place) : [-1];
        const holds = eaten.some((food) => dishes.some((dish) => isTrue({ point: place, eaten: food, dish }, scene, vocabulary)));
        return holds ? [point.id] : [];
      });
    };
    const lessening = truthsOf(free).filter((id) =>
      /^(?:SWAP|HIGH|MODERATE|STATED|SMALLER|LESS|DAY_(?!NOTHING)|PORTION|STEP_LEVEL|COOK_MILD)/u.test(id),
    );
    expect(lessening.length).toBeGreaterThan(6);
    expect(truthsOf(inputs).filter((id) => lessening.includes(id))).toEqual([]);
    expect(truthsOf(inputs)).toEqual(expect.arrayContaining(['EAT_ENOUGH', 'EATING_DISORDER', 'MOVE_WITH_TEAM']));
    expect(truthsOf(restricted('저체중이에요', 3))).toEqual(expect.arrayContaining(['EAT_ENOUGH', 'GOAL_HELD']));
  });

  it.each(['먹고 토해요', '밥 먹고 자꾸 토해요', '자꾸 먹고 토함', '먹고 나서 일부러 토해요'])(
    'is one who vomits after meals, whatever they were of: %j',
    (text) => {
      expect(forbidsLess(text)).toBe(true);
    },
  );

  it.each(['우유 먹고 토해요', '새우 먹으면 토해요', '임신 중이에요', '당뇨가 있어요', '저체중 아니에요', 'bmi 24', 'BMI 190', ''])(
    'is none who writes %j',
    (text) => {
      expect(forbidsLess(text)).toBe(false);
    },
  );
});
