import { describe, expect, it } from '@jest/globals';
import type { PatientRecords } from '../../eval/oracle/records.js';
import { inputsOf } from '../../eval/inputs-of.js';
import { savedRow } from '../../eval/saved-row.js';
import { createSafetyGate } from '../../src/domain/advice/safety-gate.js';
import { SLEEP } from '../../src/domain/programs/sleep/program.js';
import { book, catalogue, english, korean } from '../domain/advice/advice-fixture.js';
import { oracleOf } from '../support/safety-oracle.js';

const tongues = { ko: korean, en: english };

/** A patient born on this day who slept so last night. */
function sleeper(birthDate: string | null, minutes: number): PatientRecords {
  const profile = { hasBreakfast: true, hasLunch: true, hasDinner: true, water: null, birthDate, preference: null };
  return { userId: minutes, recordDate: '2026-03-01', avoids: new Set(), eaten: [], steps: [], sleep: [{ daysAgo: 0, value: minutes }], profile, goals: [], lowDays: null }; // prettier-ignore
}

describe.each(['ko', 'en'] as const)('Advice on the sleep of children (%s)', (language) => {
  const tongue = tongues[language];
  const rules = SLEEP.rules({ catalogue, tongue, gate: createSafetyGate(catalogue, tongue), book: () => book }, SLEEP);

  it('holds nothing that the oracle, which knows the hours of an age by itself, does not find in the nights', () => {
    const judged = ['2024-05-05', '2020-03-01', '2013-02-01', '2010-06-01', '2007-03-02', '2007-03-01', null].flatMap((born) =>
      [30, 300, 470, 480, 540, 570, 600, 610, 720, 790, 1_000].map((minutes) => {
        const records = sleeper(born, minutes);
        const row = rules.advise(inputsOf(records));
        if ('failed' in row || 'unsafe' in row) throw new Error(JSON.stringify(row));
        return oracleOf(language).judge(savedRow(row), records, new Map());
      }),
    );
    expect(judged.flatMap(({ findings }) => findings)).toEqual([]);
    expect(judged).toHaveLength(77);
  });
});
