import { addDays } from '../../local-date.js';
import type { Program } from '../../program.js';
import { createRuleEngine } from '../../advice/rule-engine.js';
import type { ProgramRules, RuledProgram, RulesContext } from '../program-rules.js';
import { ruleProvenance } from '../provenance.js';
import { dailyRow } from './daily-row.js';

/** Diet and exercise advice for the day after the record date (IBSAFE.md, 2). */
export const DAILY: Program = {
  name: 'daily',
  gubun: 'all',
  reads: ['PROFILE', 'FOOD', 'EXERCISE'],
  requires: ['MISSING_FOOD_RECORD', 'MISSING_EXERCISE_RECORD', 'NO_PROFILE'],
  recordDay: 'DAY_BEFORE',
  targetDate: (recordDate) => addDays(recordDate, 1),
  rules: dailyRules,
};

/** The rule engine for diet and exercise, with IBSafe's row made of what it says. */
function dailyRules({ catalogue, gate, book }: RulesContext, program: RuledProgram): ProgramRules {
  const engine = createRuleEngine(catalogue, { gate });
  return {
    version: engine.version,
    advise(inputs) {
      const foods = book();
      const advice = engine.advise(inputs, foods);
      if ('failed' in advice) return advice;
      if ('violations' in advice) return { unsafe: advice.violations };
      const provenance = ruleProvenance(engine.version, advice.record);
      return dailyRow(advice, inputs, { book: foods, program, provenance });
    },
  };
}
