import { describe, expect, it } from '@jest/globals';
import { inputsOf } from '../../../eval/inputs-of.js';
import { savedRow } from '../../../eval/saved-row.js';
import { evalSet } from '../../../eval/patients.js';
import { allergensSaid, upsetsSaid } from '../../../src/domain/advice/food-allergies.js';
import { allergenBit, LACTOSE_INTOLERANCE_BIT } from '../../../src/domain/advice/restrictions.js';
import { NO_STEPS, treatedDietsOf } from '../../../src/domain/advice/treated-diets.js';
import { createSafetyGate } from '../../../src/domain/advice/safety-gate.js';
import { DAILY } from '../../../src/domain/programs/daily/program.js';
import { RulesGenerator } from '../../../src/generators/rules-generator.js';
import { oracleOf } from '../../support/safety-oracle.js';
import { catalogue, english, korean } from './advice-fixture.js';

const set = evalSet(catalogue, { count: 24, seed: 5 });

describe('One who does not walk', () => {
  it.each(['걷기 힘듦 휠체어', '휠체어를 타요', '거동이 불편해요', '못 걸어요', '하반신 마비', "can't walk much", 'bedridden'])(
    'is known by %j',
    (text) => {
      expect(treatedDietsOf(text) & NO_STEPS).toBe(NO_STEPS);
    },
  );

  it.each(['걷기 좋아해요', '매일 걸어요', '요즘 잘 안 걸어요', '새우 못 먹어요', '어머니가 휠체어 타세요'])(
    'is not known by %j',
    (text) => {
      expect(treatedDietsOf(text) & NO_STEPS).toBe(0);
    },
  );

  it.each([
    ['ko', korean, '휠체어를 타요'],
    ['en', english, 'I use a wheelchair'],
  ] as const)('has no goal and hears no count of steps, and all that is said is true (%s)', (language, tongue, preference) => {
    const rules = new RulesGenerator([DAILY], { catalogue, tongue, gate: createSafetyGate(catalogue, tongue), book: () => set.book });
    for (const { records } of set.patients) {
      const profile = { hasBreakfast: true, hasLunch: true, hasDinner: true, water: null, birthDate: null, preference };
      const made = rules.generate(inputsOf({ ...records, profile }), DAILY);
      if (made.status !== 'generated') throw new Error(JSON.stringify(made));
      const row = savedRow(made.row);
      expect(oracleOf(language).judge(row, { ...records, profile }, set.foods).findings).toEqual([]);
      expect(row.exerciseTarget).toBeNull();
      expect(row.exerciseEvaluation).toMatch(/의료진|your doctor/u);
      expect(row.exerciseEvaluation).not.toMatch(/\d/u);
    }
  });
});

describe('What is sensitive', () => {
  it('is the nose and no fish, where a smell is what is felt', () => {
    expect(allergensSaid('냄새에 예민해서 생선 비려서 싫어요') | upsetsSaid('냄새에 예민해서 생선 비려서 싫어요')).toBe(0);
    expect(allergensSaid('생선에 예민해요')).toBe(allergenBit('SEAFOOD'));
  });

  it('is the gut alone where dairy gives the runs', () => {
    expect(allergensSaid('dairy gives me the runs') & ~LACTOSE_INTOLERANCE_BIT & ~upsetsSaid('dairy gives me the runs')).toBe(0);
    expect(allergensSaid('dairy gives me the runs')).not.toBe(0);
  });
});
