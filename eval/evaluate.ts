import type { Generated, Generator } from '../src/application/ports.js';
import { DAILY } from '../src/domain/programs/daily/program.js';
import type { Judgement, Oracle } from './oracle/oracle.js';
import type { EvalPatient, EvalSet, PatientKind } from './patients.js';
import { savedRow } from './saved-row.js';

/** What one patient got. */
export interface EvalResult {
  readonly kind: PatientKind;
  readonly generated: Generated;
  /** ms from the call to its answer. */
  readonly ms: number;
  /** What the oracle says of the row that would be saved; undefined where there is none. */
  readonly judged: Judgement | undefined;
}

/** What a row is judged by, and who wants to know how far it got. */
export interface Judging {
  readonly oracle: Oracle;
  readonly onProgress?: (done: number) => void;
}

/** Stands for the run whose budget pays. */
export const EVALUATION = '00000000-0000-4000-8000-000000000000';

/** Lets a generator advise every patient of a set, as many at once as it takes, and has the oracle judge what came of it. Results are in the set's order. */
export async function evaluate(generator: Generator, { patients, foods }: EvalSet, { oracle, onProgress }: Judging): Promise<EvalResult[]> {
  const results: EvalResult[] = Array.from({ length: patients.length });
  const { signal } = new AbortController();
  let [next, done] = [0, 0];
  const lane = async (): Promise<void> => {
    for (let at = next++; at < patients.length; at = next++) {
      const { kind, inputs, records } = patients[at] as EvalPatient;
      const began = performance.now();
      const generated = await generator.generate(inputs, DAILY, signal, EVALUATION);
      const ms = performance.now() - began;
      const judged = generated.status === 'generated' ? oracle.judge(savedRow(generated.row), records, foods) : undefined;
      results[at] = { kind, generated, ms, judged };
      onProgress?.((done += 1));
    }
  };
  await Promise.all(Array.from({ length: Math.min(generator.concurrency, patients.length) }, lane));
  return results;
}
