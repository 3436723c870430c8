import type { Generated, Generator } from '../src/application/ports.js';
import type { Catalogue } from '../src/domain/advice/catalogue/catalogue.js';
import type { AdviceLanguage } from '../src/domain/advice/language.js';
import { DAILY } from '../src/domain/programs/daily/program.js';
import type { EvalPatient, EvalSet, PatientKind } from './patients.js';
import { offeredIn, rowViolations } from './row-violations.js';

/** What one patient got. */
export interface EvalResult {
  readonly kind: PatientKind;
  readonly generated: Generated;
  /** ms from the call to its answer. */
  readonly ms: number;
  /** Codes of what is wrong with the row that would be saved; empty where there is none. */
  readonly violations: readonly string[];
  /** Catalogue indexes of what was offered. */
  readonly offered: readonly number[];
}

/** Stands for the run whose budget pays. */
const EVALUATION = '00000000-0000-4000-8000-000000000000';

/** Lets a generator advise every patient of a set, as many at once as it takes, and judges what came of it. Results are in the set's order. */
export async function evaluate(
  generator: Generator,
  { patients, book }: EvalSet,
  { catalogue, language, onProgress }: { catalogue: Catalogue; language: AdviceLanguage; onProgress?: (done: number) => void },
): Promise<EvalResult[]> {
  const results: EvalResult[] = Array.from({ length: patients.length });
  const { signal } = new AbortController();
  let [next, done] = [0, 0];
  const lane = async (): Promise<void> => {
    for (let at = next++; at < patients.length; at = next++) {
      const { kind, inputs } = patients[at] as EvalPatient;
      const began = performance.now();
      const generated = await generator.generate(inputs, DAILY, signal, EVALUATION);
      const ms = performance.now() - began;
      const row = generated.status === 'generated' ? generated.row : undefined;
      const violations = row === undefined ? [] : rowViolations(row, inputs, { book, catalogue, language });
      results[at] = { kind, generated, ms, violations, offered: row === undefined ? [] : offeredIn(row, catalogue) };
      onProgress?.((done += 1));
    }
  };
  await Promise.all(Array.from({ length: Math.min(generator.concurrency, patients.length) }, lane));
  return results;
}
