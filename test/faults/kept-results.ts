import { readFileSync } from 'node:fs';
import type { MutantResult, SuiteFacts } from './report.js';
import type { FaultResult } from './run-fault.js';

/** What a run of the suite keeps with `--json`. */
export interface KeptRun extends SuiteFacts {
  readonly results: readonly FaultResult[];
  readonly mutants: readonly MutantResult[];
}

/** Reads runs that tried different faults, as one: a suite may be tried in parts. @throws when a file is none of the suite's */
export function readKept(paths: readonly string[]): readonly KeptRun[] {
  return paths.map((path) => {
    const kept = JSON.parse(readFileSync(path, 'utf8')) as Partial<KeptRun>;
    if (!Array.isArray(kept.results) || !Array.isArray(kept.mutants))
      throw new Error(`${path} is no result of this suite: it has no "results"`);
    return kept as KeptRun;
  });
}
