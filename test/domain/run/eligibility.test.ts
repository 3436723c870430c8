import { describe, expect, it } from '@jest/globals';
import { reasonsToSkip, type Standing } from '../../../src/domain/eligibility.js';
import { DAILY } from '../../../src/domain/programs/daily/program.js';
import { SLEEP } from '../../../src/domain/programs/sleep/program.js';

function standing(changes: Partial<Standing> = {}): Standing {
  return {
    accountOpen: true,
    hasProfile: true,
    hasFoodRecord: true,
    hasExerciseRecord: true,
    hasSleepRecord: true,
    hasIntervention: false,
    ...changes,
  };
}

describe('reasonsToSkip', () => {
  it('finds none for a user with every record, a profile and no intervention', () => {
    expect(reasonsToSkip(standing(), DAILY, false)).toEqual([]);
  });

  it.each<[Partial<Standing>, string[]]>([
    [{ hasFoodRecord: false }, ['MISSING_FOOD_RECORD']],
    [{ hasExerciseRecord: false }, ['MISSING_EXERCISE_RECORD']],
    [{ hasFoodRecord: false, hasExerciseRecord: false }, ['MISSING_FOOD_RECORD', 'MISSING_EXERCISE_RECORD']],
    [{ hasIntervention: true }, ['INTERVENTION_EXISTS']],
    [{ hasProfile: false }, ['NO_PROFILE']],
    [
      { hasFoodRecord: false, hasExerciseRecord: false, hasIntervention: true, hasProfile: false },
      ['MISSING_FOOD_RECORD', 'MISSING_EXERCISE_RECORD', 'NO_PROFILE', 'INTERVENTION_EXISTS'],
    ],
  ])('names every reason at once: %j', (changes, reasons) => {
    expect(reasonsToSkip(standing(changes), DAILY, false)).toEqual(reasons);
  });

  it('says of a closed account only that, since nothing else can be repaired', () => {
    expect(reasonsToSkip(standing({ accountOpen: false, hasFoodRecord: false, hasProfile: false }), DAILY, false)).toEqual([
      'ACCOUNT_CLOSED',
    ]);
  });

  it('lets an intervention be replaced, and nothing else be missing, when the run regenerates', () => {
    expect(reasonsToSkip(standing({ hasIntervention: true }), DAILY, true)).toEqual([]);
    expect(reasonsToSkip(standing({ hasIntervention: true, hasFoodRecord: false }), DAILY, true)).toEqual(['MISSING_FOOD_RECORD']);
  });

  it('asks for what the program requires and for nothing else', () => {
    expect(reasonsToSkip(standing({ hasSleepRecord: false }), DAILY, false)).toEqual([]);
    const awake = standing({ hasFoodRecord: false, hasExerciseRecord: false, hasSleepRecord: false, hasProfile: false });
    expect(reasonsToSkip(awake, SLEEP, false)).toEqual(['MISSING_SLEEP_RECORD']);
  });
});
