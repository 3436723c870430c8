import { createRuleEngine } from '../../advice/rule-engine.js';
import type { ProgramRules, RuledProgram, RulesContext } from '../program-rules.js';
import { ruleProvenance } from '../provenance.js';
import { dailyRow } from './daily-row.js';

/** The rule engine for diet and exercise, with IBSafe's row made of what it says. */
export function dailyRules({ catalogue, gate, book }: RulesContext, program: RuledProgram): ProgramRules {
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
