import type { Program } from '../../program.js';
import type { ProgramRules, RulesContext } from '../program-rules.js';
import { ruleProvenance } from '../provenance.js';
import { sleepIsInvalid, sleepPlanOf } from './sleep-plan.js';
import { sleepRow } from './sleep-row.js';
import { sleepTexts } from './sleep-texts.js';
import { sleepViolations } from './sleep-violations.js';

/** The version of the rules on sleep: raise it when one changes what users get. */
export const SLEEP_RULE_VERSION = 'sleep-1';

/** The rules on sleep: how long the night was, and what to aim at next. */
export function sleepRules({ language }: RulesContext, program: Program): ProgramRules {
  const texts = sleepTexts(language);
  const made = { program, provenance: ruleProvenance(SLEEP_RULE_VERSION) };
  return {
    version: SLEEP_RULE_VERSION,
    advise(inputs) {
      const nights = inputs.sleep ?? [];
      if (sleepIsInvalid(nights)) return { failed: 'INVALID_INPUT', field: 'sleep' };
      const plan = sleepPlanOf(nights);
      const advice = { sleepEvaluation: texts(plan), sleepTarget: plan.goal };
      const unsafe = sleepViolations(advice, language);
      return unsafe.length > 0 ? { unsafe } : sleepRow(advice, inputs, made);
    },
  };
}
