import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { FAILURE_CODES, OUTCOMES, SKIP_REASONS, tallyOf, typesOfOutcomes, type Outcome } from '../../../src/domain/outcome.js';
import { addTallies, doneOf } from '../../../src/domain/run/progress.js';

const generated: Outcome = { type: 'InterventionGenerated', data: { interventionId: 1, generator: 'RULES', attempts: 1, durationMs: 0 } };
const outcomes: fc.Arbitrary<Outcome> = fc.oneof(
  fc.constant(generated),
  fc.subarray([...SKIP_REASONS], { minLength: 1 }).map((reasons): Outcome => ({ type: 'UserSkipped', data: { reasons } })),
  fc.constantFrom(...FAILURE_CODES).map((code): Outcome => ({ type: 'UserFailed', data: { code, retryable: false, attempts: 1 } })),
  fc.constant<Outcome>({ type: 'UserCancelled', data: {} }),
);

describe('typesOfOutcomes', () => {
  it('names the events of each outcome, and of none that was not asked for', () => {
    expect(OUTCOMES.map((outcome) => typesOfOutcomes([outcome]))).toEqual([
      ['InterventionGenerated'],
      ['UserSkipped'],
      ['UserFailed'],
      ['UserCancelled'],
    ]);
    expect(typesOfOutcomes(OUTCOMES)).toHaveLength(OUTCOMES.length);
    expect(typesOfOutcomes([])).toEqual([]);
  });
});

describe('tallyOf', () => {
  it('counts outcomes by their kind, and a user with two reasons under both', () => {
    const skipped: Outcome = { type: 'UserSkipped', data: { reasons: ['MISSING_FOOD_RECORD', 'NO_PROFILE'] } };
    const failed: Outcome = { type: 'UserFailed', data: { code: 'INVALID_INPUT', retryable: false, attempts: 1 } };
    expect(tallyOf([generated, generated, skipped, failed, { type: 'UserCancelled', data: {} }])).toEqual({
      generated: 2,
      skipped: 1,
      failed: 1,
      cancelled: 1,
      reasons: { MISSING_FOOD_RECORD: 1, NO_PROFILE: 1, INVALID_INPUT: 1 },
    });
  });

  it('counts everybody once', () => {
    fc.assert(fc.property(fc.array(outcomes), (all) => expect(doneOf(tallyOf(all))).toBe(all.length)));
  });

  it('comes to the same in two parts added up: chunks can be counted apart', () => {
    fc.assert(
      fc.property(fc.array(outcomes), fc.array(outcomes), (some, others) => {
        expect(addTallies(tallyOf(some), tallyOf(others))).toEqual(tallyOf([...some, ...others]));
      }),
    );
  });
});
