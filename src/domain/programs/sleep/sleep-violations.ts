import { textViolations } from '../../advice/text-violations.js';
import type { AdviceLanguage } from '../../advice/texts.js';
import type { ViolationCode } from '../../advice/violation-codes.js';
import { SLEEP_GOAL_RANGE } from './sleep-plan.js';
import type { SleepAdvice } from './sleep-row.js';

/** What is wrong with advice on sleep, whoever wrote it, each code once; empty when it may be saved. */
export function sleepViolations({ sleepEvaluation, sleepTarget }: SleepAdvice, language: AdviceLanguage): readonly ViolationCode[] {
  const inRange = sleepTarget >= SLEEP_GOAL_RANGE.least && sleepTarget <= SLEEP_GOAL_RANGE.most;
  const texts = textViolations(sleepEvaluation, language);
  return inRange ? texts : ['SLEEP_GOAL_OUT_OF_BOUNDS', ...texts];
}
