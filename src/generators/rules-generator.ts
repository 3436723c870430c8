import type { Generated, Generator } from '../application/ports.js';
import type { FoodBook, PatientInputs } from '../domain/advice/patient-inputs.js';
import { RULE_VERSION, type RuleEngine } from '../domain/advice/rule-engine.js';
import type { SafetyGate } from '../domain/advice/safety-gate.js';
import type { Program } from '../domain/program.js';
import { dailyRow } from './daily-row.js';

/** The rule engine behind the generator port: computes, waits for nothing, and gives the same advice for the same inputs. */
export class RulesGenerator implements Generator {
  readonly name = 'RULES';
  readonly concurrency = 1;
  private readonly provenance = { model: 'RULE', outputs: JSON.stringify({ ruleVersion: RULE_VERSION }), processingTime: 0 };

  /** @param book gives the foods as they are known now. */
  constructor(
    private readonly engine: RuleEngine,
    private readonly gate: SafetyGate,
    private readonly book: () => FoodBook,
  ) {}

  generate(inputs: PatientInputs, program: Program): Generated {
    const book = this.book();
    const advice = this.engine.advise(inputs, book);
    if ('failed' in advice) return { status: 'failed', code: 'INVALID_INPUT', retryable: false, attempts: 1 };
    const violations = this.gate.check(advice, inputs, { book, written: false });
    if (violations.length > 0) return { status: 'failed', code: 'UNSAFE_ADVICE', retryable: false, attempts: 1, trace: { violations } };
    return {
      status: 'generated',
      row: dailyRow(advice, inputs, { book, program, provenance: this.provenance }),
      attempts: 1,
      durationMs: 0,
    };
  }
}
