import { describe, expect, it } from '@jest/globals';
import { ALL_PROGRAMS, programOf } from '../../src/domain/programs/all-programs.js';
import { patientsQuery } from '../../src/records/patients-query.js';

const tablesOf = (text: string): string[] => [...new Set(text.match(/\b(ibsafe_\w+|auth_user|low_fodmap_days)\b/gu))].toSorted();

describe('the statement that reads a chunk', () => {
  it.each([true, false])('names the tables of what its program reads and no others (sparse: %s)', (sparse) => {
    expect(tablesOf(patientsQuery(programOf('daily').reads, sparse))).toEqual([
      'auth_user', 'ibsafe_interventionrecord', 'ibsafe_userexerciserecord', 'ibsafe_userfoodrecord', 'ibsafe_userprofile', 'low_fodmap_days',
    ]); // prettier-ignore
    const sleep = patientsQuery(programOf('sleep').reads, sparse);
    expect(tablesOf(sleep)).toEqual(['auth_user', 'ibsafe_interventionrecord', 'ibsafe_userprofile', 'ibsafe_usersleeprecord']);
    // Of the profile the birthday alone: no allergy, no text, no weight.
    expect(new Set(sleep.match(/\bp\.\w+/gu))).toEqual(new Set(['p.user_id', 'p.birth_date']));
    expect(sleep).not.toMatch(/weight::text/u);
  });

  it('has the range of the chunk on every table: without it the planner reads all of it', () => {
    for (const { reads } of ALL_PROGRAMS) {
      const text = patientsQuery(reads, false);
      expect(text.match(/between \$4 and \$5/gu)).toHaveLength(tablesOf(text).length);
    }
  });
});
