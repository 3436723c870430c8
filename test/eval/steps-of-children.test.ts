import { describe, expect, it } from '@jest/globals';
import type { PatientRecords } from '../../eval/oracle/records.js';
import { inputsOf } from '../../eval/inputs-of.js';
import { savedRow } from '../../eval/saved-row.js';
import { createSafetyGate } from '../../src/domain/advice/safety-gate.js';
import { DAILY } from '../../src/domain/programs/daily/program.js';
import { book, catalogue, english, korean } from '../domain/advice/advice-fixture.js';
import { oracleOf } from '../support/safety-oracle.js';

const tongues = { ko: korean, en: english };

/** A patient born on this day who walked so on the last days. */
function walker(birthDate: string | null, steps: readonly number[], preference: string | null): PatientRecords {
  const profile = { hasBreakfast: true, hasLunch: true, hasDinner: true, water: null, birthDate, preference };
  return { userId: 7 + steps.length, recordDate: '2026-03-01', avoids: new Set(), eaten: [], steps: steps.map((value, at) => ({ daysAgo: steps.length - 1 - at, value })), sleep: [], profile, goals: [], lowDays: null }; // prettier-ignore
}

describe.each(['ko', 'en'] as const)('Advice on the steps of children (%s)', (language) => {
  const tongue = tongues[language];
  const rules = DAILY.rules({ catalogue, tongue, gate: createSafetyGate(catalogue, tongue), book: () => book }, DAILY);
  const judged = ['2023-05-05', '2015-03-01', '2008-03-02', '2008-03-01', null].flatMap((born) =>
    [[10_300, 9_900, 10_100, 10_400], [0, 0], [300], [2_000, 9_000, 4_000, 6_100]].flatMap((steps) =>
      [null, '저체중이에요'].map((text) => {
        const records = walker(born, steps, text);
        const row = rules.advise(inputsOf(records));
        if ('failed' in row || 'unsafe' in row) throw new Error(JSON.stringify(row));
        return { records, row: savedRow(row) };
      }),
    ),
  );
  const findings = ({ records, row }: (typeof judged)[number]): readonly string[] => oracleOf(language).judge(row, records, new Map()).findings; // prettier-ignore

  it('holds nothing that the oracle, which knows of ages by itself, does not find in the records', () => {
    expect(judged.flatMap(findings)).toEqual([]);
    expect(judged.map(({ row }) => row.exerciseTarget === null).filter(Boolean)).toHaveLength(12);
  });

  it('is found wrong by it where a child has a goal, and a grown-up none', () => {
    const turned = judged.map(({ records, row }) => ({
      records,
      row: { ...row, exerciseTarget: row.exerciseTarget === null ? 7_000 : null },
    }));
    expect(turned.map((each) => findings(each).some((finding) => finding.startsWith('STEP_GOAL')))).toEqual(turned.map(() => true));
  });
});
