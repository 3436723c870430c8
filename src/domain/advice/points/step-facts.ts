import { stepFigure } from '../step-figure.js';
import { GOAL_REASONS, STEP_LEVELS } from '../step-goal.js';
import { STEP_REGULARITIES } from '../step-plan.js';
import { figure, word, writtenFigure, type Fact } from './fact.js';

/** The steps of the last seven days and the next goal. */
export const STEP_FACTS: readonly Fact[] = [
  writtenFigure(figure('steps.days', 'PATIENT', 'recorded days that are judged, 1 to 7; days on which the phone was not worn are left out', ({ steps }) => steps?.days)),
  writtenFigure(figure('steps.mean', 'PATIENT', 'mean steps a day over the judged days, rounded', ({ steps }) => steps?.mean), (value) => stepFigure(value)),
  writtenFigure(figure('steps.goal', 'PATIENT', 'the next goal in steps a day', ({ steps }) => steps?.goal), (value) => stepFigure(value)),
  word('steps.level', 'PATIENT', { is: 'the mean beside 6,000 steps: below 50 %, 85 %, 110 % of it, or more', words: STEP_LEVELS }, ({ steps }) => steps?.level),
  word(
    'steps.regularity',
    'PATIENT',
    { is: 'standard deviation over mean of the judged days: up to 0.15, 0.30, 0.50, or more; unknown for a single day', words: STEP_REGULARITIES },
    ({ steps }) => steps?.regularity ?? undefined,
  ),
  word('steps.reason', 'PATIENT', { is: 'why the goal is what it is', words: GOAL_REASONS }, ({ steps }) => steps?.reason),
];
