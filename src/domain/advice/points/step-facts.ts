import { GOAL_REASONS, STEP_LEVELS } from '../step-goal.js';
import { STEP_REGULARITIES } from '../step-plan.js';
import { isWalkable } from '../step-plan.js';
import type { Scene } from './scene.js';
import { figure, flag, groupedFigure, word, writtenFigure, type Fact } from './fact.js';

/** The steps of the last seven days and the next goal. */
export const STEP_FACTS: readonly Fact[] = [
  writtenFigure(
    figure(
      'steps.days',
      'PATIENT',
      'recorded days that are judged: all of 4 to 7, the last alone of 1 to 3; days with less than a tenth of the median of the recorded days are left out before',
      ({ steps }) => steps?.days,
    ),
  ),
  writtenFigure(figure('steps.mean', 'PATIENT', 'mean steps a day over the judged days, rounded', ({ steps }) => steps?.mean)),
  writtenFigure(
    figure(
      'steps.recentDays',
      'PATIENT',
      'counted days that the goal is measured against: the last three, fewer where there are fewer',
      ({ steps }) => steps?.recentDays,
    ),
    recentDaysIn,
  ),
  writtenFigure(figure('steps.recent', 'PATIENT', 'mean steps a day over these days, rounded', ({ steps }) => steps?.recentMean)),
  writtenFigure(
    figure(
      'steps.goal',
      'PATIENT',
      'the next goal in steps a day; unknown for a patient who still grows',
      ({ steps }) => steps?.goal ?? undefined,
    ),
  ),
  writtenFigure(
    figure(
      'steps.leftOut',
      'PATIENT',
      'recorded days with less than a tenth of the median of the recorded days: they are not counted, for anything',
      ({ steps }) => steps?.leftOut,
    ),
  ),
  writtenFigure(
    figure(
      'steps.unbelieved',
      'PATIENT',
      'recorded days with more than 96,000 steps, or fewer than none: they are not counted, for anything',
      ({ steps }) => steps?.unbelieved,
    ),
  ),
  flag(
    'steps.isUnmeasured',
    'PATIENT',
    'there are records of steps, and none of a day that can be (more than 96,000 steps, or fewer than none): nothing is said of walking, and there is no goal',
    hasUnmeasuredSteps,
  ),
  word(
    'steps.level',
    'PATIENT',
    { is: 'the mean beside 6,000 steps: below 50 %, 85 %, 110 % of it, or more', words: STEP_LEVELS },
    ({ steps }) => steps?.level,
  ),
  word(
    'steps.regularity',
    'PATIENT',
    {
      is: 'standard deviation over mean of the judged days: up to 0.15, 0.30, 0.50, or more; unknown for a single day',
      words: STEP_REGULARITIES,
    },
    ({ steps }) => steps?.regularity ?? undefined,
  ),
  word(
    'steps.reason',
    'PATIENT',
    {
      is: 'why the goal is what it is: FIRST, the mean of the last three counted days is below 1, or 110 % of it below 500; CAPPED, 110 % of that mean (or 1,500 above it) kept the goal from being what the level asks for; KEPT, an earlier goal of the week that this mean reaches is above what the level asks for; EASED, the goal is below this mean; HELD, person.mustNotRestrict holds, so that it is at most this mean (or 500); GROWING, the patient is younger than 18 and person.mustNotRestrict does not hold, so that there is no goal; PLAIN, otherwise',
      words: GOAL_REASONS,
    },
    ({ steps }) => steps?.reason,
  ),
];

/** Whether steps were recorded, and none of them can be. */
export function hasUnmeasuredSteps({ inputs: { steps } }: Pick<Scene, 'inputs'>): boolean {
  return steps.length > 0 && !steps.some(isWalkable);
}

/** "최근 기록 3일"; of one day alone no Korean says "1일 평균". */
function recentDaysIn(days: number, language: 'ko' | 'en'): string {
  if (language === 'en') return groupedFigure(days);
  return days === 1 ? '마지막 기록일' : `최근 기록 ${groupedFigure(days)}일`;
}
