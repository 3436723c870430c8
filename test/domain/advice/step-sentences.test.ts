import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { PatientInputs } from '../../../src/domain/advice/patient-inputs.js';
import { stepPlanOf } from '../../../src/domain/advice/step-plan.js';
import { userId } from '../../../src/domain/ids.js';
import { advised, engineIn, english, korean, patient } from './advice-fixture.js';

const engines = { ko: engineIn(korean), en: engineIn(english) };

/** Weeks of every kind: even, uneven, rising, falling, with days on which the phone lay at home, and with goals of the days before. */
const anyWeek = fc.record({
  user: fc.integer({ min: 1, max: 1_000 }),
  age: fc.integer({ min: 18, max: 95 }),
  steps: fc.oneof(
    fc.array(fc.integer({ min: 0, max: 25_000 }), { minLength: 1, maxLength: 7 }),
    fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 300 }), fc.integer({ min: 3_000, max: 9_000 })), {
      minLength: 1,
      maxLength: 7,
    }),
    fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 7 }),
    fc
      .array(fc.oneof(fc.integer({ min: 3_000, max: 9_000 }), fc.integer({ min: 96_001, max: 2_147_483_647 })), {
        minLength: 1,
        maxLength: 7,
      })
      .filter((days) => days.some((each) => each < 9_001)),
  ),
  goals: fc.array(fc.integer({ min: 500, max: 10_000 }), { maxLength: 7 }),
});

const inputsOf = ({ user, age, steps, goals }: { user: number; age: number; steps: number[]; goals: number[] }): PatientInputs =>
  patient({
    userId: userId(user),
    steps,
    earlierGoals: goals.map((goal, at) => ({ daysAgo: at + 1, goal })),
    profile: { skips: [false, false, false], waterMl: null, age, preferences: 0 },
  });

/** Figures of steps in a text: what stands before 보 or steps, or a goal or a mean in English. */
const figures = (text: string): number[] =>
  [...text.matchAll(/\d{1,3}(?:,\d{3})+|\d+/gu)].map(([figure]) => Number(figure.replaceAll(',', '')));

/** What a sentence claims of the next goal beside what was walked lately. */
const CLAIMS: readonly (readonly [RegExp, (goal: number, lately: number) => boolean])[] = [
  [/무리하지|not too much|set to the/u, (goal, lately) => goal <= lately * 1.1 + 1],
  [/지금처럼 걸으셔도|되어도 목표를 채워요|enough/u, (goal, lately) => goal < lately + 0.5],
  [/그대로|닿으신|stays at|keep to|you reach your goal/iu, (goal, lately) => goal <= lately + 0.5],
  [/가볍게|gently/u, (goal, lately) => goal === 500 || (goal === 1_000 && lately <= 1)],
];
/** What urges to walk more than was walked. */
const URGES = /조금씩 움직이는|가까운 거리부터|Find small times|Start with short walks/u;

describe.each(['ko', 'en'] as const)('What is said of steps (%s)', (language) => {
  it('agrees with the goal and with what was walked, for every week', () => {
    const seen = new Set<number>();
    fc.assert(
      fc.property(anyWeek, (week) => {
        const { exerciseEvaluation: text, exerciseTarget } = advised(inputsOf(week), engines[language]);
        const goal = exerciseTarget ?? Number.NaN;
        const plan = stepPlanOf(week.steps, week.goals);
        expect(goal).toBe(plan.goal);
        expect(figures(text)).toContain(goal);
        const known = new Set([goal, plan.mean, plan.recentMean, plan.days, plan.recentDays, plan.leftOut, plan.unbelieved, 6_000]);
        expect(figures(text).filter((figure) => !known.has(figure))).toEqual([]);
        CLAIMS.forEach(([claim, holds], at) => {
          if (!claim.test(text)) return;
          seen.add(at);
          expect([text, holds(goal, plan.recentMean)]).toEqual([text, true]);
        });
        // Days that do not count are told, and how many they are.
        const [, left] =
          /(?:없던|않으신 것으로 보이는) 날\((\d+)일\)|(?:without the phone|not counted): (\d+)/u.exec(text)?.filter(Boolean) ?? [];
        expect([text, Number(left ?? 0)]).toEqual([text, plan.leftOut]);
        const [, odd] = /(?:기록된|않아 보이는) 날\((\d+)일\)|(?:can be walked|records of steps): (\d+)/u.exec(text)?.filter(Boolean) ?? [];
        expect([text, Number(odd ?? 0)]).toEqual([text, week.steps.filter((each) => each > 96_000).length]);
        // Nobody is told to move more beside a goal that is below what they walk.
        if (URGES.test(text)) expect([text, goal < plan.recentMean]).toEqual([text, false]);
      }),
      { numRuns: 1_500 },
    );
    expect(seen.size).toBe(CLAIMS.length);
  });
});
