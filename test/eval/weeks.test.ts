import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { inputsOf } from '../../eval/inputs-of.js';
import type { PatientRecords } from '../../eval/oracle/records.js';
import { evalSet } from '../../eval/patients.js';
import { savedRow } from '../../eval/saved-row.js';
import { DAILY } from '../../src/domain/programs/daily/program.js';
import { SLEEP } from '../../src/domain/programs/sleep/program.js';
import { loadCatalogue } from '../../src/generators/catalogue/catalogue-file.js';
import { loadPoints } from '../../src/generators/points/points-file.js';
import { RulesGenerator } from '../../src/generators/rules-generator.js';
import { createSafetyGate } from '../../src/domain/advice/safety-gate.js';
import { oracleOf } from '../support/safety-oracle.js';

const catalogue = loadCatalogue();
const set = evalSet(catalogue, { count: 12, seed: 4 });
const plain = set.patients[1]?.records as PatientRecords;
const tongue = { vocabulary: loadPoints(), language: 'ko' } as const;
const rules = new RulesGenerator([DAILY, SLEEP], { catalogue, tongue, gate: createSafetyGate(catalogue, tongue), book: () => set.book });

const steps = fc.oneof(fc.integer({ min: 0, max: 15_000 }), fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 200_000 }), fc.constantFrom(0, 1, 9, 455, 500, 6_000, 6_600)); // prettier-ignore
const week = fc
  .uniqueArray(fc.tuple(fc.nat(6), steps), { minLength: 1, maxLength: 7, selector: ([daysAgo]) => daysAgo })
  .filter((days) => days.some(([, each]) => each <= 96_000));
const nights = fc.uniqueArray(fc.tuple(fc.nat(6), fc.integer({ min: -1, max: 1_600 })), { maxLength: 7, selector: ([daysAgo]) => daysAgo });
const goals = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 11_000 })), { maxLength: 7, selector: ([daysAgo]) => daysAgo }); // prettier-ignore

const rowsOf = (pairs: readonly (readonly [number, number])[]): { daysAgo: number; value: number }[] =>
  pairs.map(([daysAgo, value]) => ({ daysAgo, value }));

function findings(records: PatientRecords, program: typeof DAILY): readonly string[] {
  const generated = rules.generate(inputsOf(records), program);
  if (generated.status !== 'generated') throw new Error(`no advice: ${JSON.stringify(generated)}`);
  return oracleOf('ko').judge(savedRow(generated.row), records, set.foods).findings;
}

describe('Any week of steps and nights', () => {
  it('is told with sentences that agree with its number, whatever the goals before were', () => {
    fc.assert(
      fc.property(week, goals, (days, before) => {
        expect(findings({ ...plain, steps: rowsOf(days), goals: rowsOf(before) }, DAILY)).toEqual([]);
      }),
      { numRuns: 3_000, seed: 17 },
    );
  });

  it('is slept as it says', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_440 }), nights, (last, before) => {
        const sleep = [{ daysAgo: 0, value: last }, ...rowsOf(before).filter(({ daysAgo }) => daysAgo > 0)];
        expect(findings({ ...plain, sleep }, SLEEP)).toEqual([]);
      }),
      { numRuns: 2_000, seed: 17 },
    );
  });
});
