import { describe, expect, it } from '@jest/globals';
import { localDate } from '../../../src/domain/local-date.js';
import { PROGRAMS } from '../../../src/domain/program.js';
import { ALL_PROGRAMS, programOf } from '../../../src/domain/programs/all-programs.js';

describe('the programs', () => {
  it('have a folder for each name, and a word of IBSafe’s that no other has', () => {
    expect(PROGRAMS.map((name) => programOf(name).name)).toEqual([...PROGRAMS]);
    expect(new Set(ALL_PROGRAMS.map(({ gubun }) => gubun)).size).toBe(ALL_PROGRAMS.length);
  });

  it('read whatever they require, so that nobody is skipped for a record that was never looked for', () => {
    const source = {
      MISSING_FOOD_RECORD: 'FOOD',
      MISSING_EXERCISE_RECORD: 'EXERCISE',
      MISSING_SLEEP_RECORD: 'SLEEP',
      NO_PROFILE: 'PROFILE',
    } as const;
    for (const { reads, requires } of ALL_PROGRAMS) expect(reads).toEqual(expect.arrayContaining(requires.map((each) => source[each])));
  });

  it('advise for the day after the record date, and on sleep for the record date itself', () => {
    const date = localDate('2026-02-28');
    expect(ALL_PROGRAMS.map(({ name, targetDate }) => [name, targetDate(date)])).toEqual([
      ['daily', '2026-03-01'],
      ['sleep', date],
    ]);
  });
});
