import type { Generator } from '../src/application/ports.js';
import { readConfig } from '../src/config.js';
import type { Catalogue } from '../src/domain/advice/catalogue.js';
import type { FoodBook } from '../src/domain/advice/patient-inputs.js';
import { RULE_VERSION } from '../src/domain/advice/rule-engine.js';
import type { AdviceLanguage } from '../src/domain/advice/texts.js';
import type { GeneratorName } from '../src/domain/outcome.js';
import { DAILY } from '../src/domain/programs/daily/program.js';
import { RulesGenerator } from '../src/generators/rules-generator.js';

/** What is to be evaluated. */
export interface Candidate {
  readonly name: GeneratorName;
  readonly language: AdviceLanguage;
}

/** What a generator is evaluated on. */
export interface Foods {
  readonly catalogue: Catalogue;
  readonly book: FoodBook;
}

/** A generator as the service makes it, and what it is in a word. @throws where it is not configured */
export function generatorOf({ name, language }: Candidate, { catalogue, book }: Foods): { generator: Generator; model: string } {
  const rules = new RulesGenerator([DAILY], { catalogue, language, book: () => book });
  if (name === 'RULES') return { generator: rules, model: RULE_VERSION };
  void readConfig(process.env);
  throw new Error('the LLM is not configured');
}
