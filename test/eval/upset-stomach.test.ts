import { describe, expect, it } from '@jest/globals';
import { generatorOf } from '../../eval/generators.js';
import { inputsOf } from '../../eval/inputs-of.js';
import type { PatientRecords } from '../../eval/oracle/records.js';
import { evalSet } from '../../eval/patients.js';
import { savedRow } from '../../eval/saved-row.js';
import { DAILY } from '../../src/domain/programs/daily/program.js';
import { loadCatalogue } from '../../src/generators/catalogue/catalogue-file.js';
import { oracleOf } from '../support/safety-oracle.js';

const catalogue = loadCatalogue();
const set = evalSet(catalogue, { count: 24, seed: 2 });

describe('The oracle', () => {
  it('finds nothing in what is said to one whose stomach a food upsets, and a call to an ambulance that is said to them', async () => {
    const { generator } = generatorOf({ name: 'RULES', language: 'ko' }, { catalogue, book: set.book, environment: {} });
    const profile = { hasBreakfast: true, hasLunch: true, hasDinner: true, water: null, birthDate: null };
    let calls = 0;
    for (const each of set.patients) {
      const of = (preference: string): PatientRecords => ({ ...each.records, avoids: new Set(), profile: { ...profile, preference } });
      const upset = of('계란 먹으면 설사해요');
      const made = await generator.generate(inputsOf(upset), DAILY, new AbortController().signal, '');
      if (made.status === 'generated') expect(oracleOf('ko').judge(savedRow(made.row), upset, set.foods).findings).toEqual([]);
      const allergic = await generator.generate(inputsOf(of('달걀 알레르기')), DAILY, new AbortController().signal, '');
      if (allergic.status !== 'generated' || !allergic.row.dietEvaluation.includes('119')) continue;
      calls += 1;
      expect(oracleOf('ko').judge(savedRow(allergic.row), upset, set.foods).findings.join()).toContain('OWN_ALLERGEN_SIGNS');
    }
    expect(calls).toBeGreaterThan(0);
  });
});
