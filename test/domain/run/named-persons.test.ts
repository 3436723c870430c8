import { describe, expect, it } from '@jest/globals';
import { personsNamed } from '../../../src/domain/run/named-persons.js';

const alone = { after: 92, through: 93, roster: 1 };
const several = { after: 93, through: 120, roster: 8 };

describe('the persons whom an event names', () => {
  it.each([
    ['a run of chosen users', { userIds: [5, 7] }, [5, 7]],
    ['a plan with a chunk of one user', { roster: 9, chunks: [several, alone] }, [93]],
    ['a split down to one user that stays', { chunk: 0, kept: alone, first: 4, parts: [several] }, [93]],
    ['a split with a new chunk of one user', { chunk: 0, kept: several, first: 4, parts: [alone] }, [93]],
    ['a chunk of one where ids are far apart', { chunks: [{ after: -2_147_483_648, through: 12, roster: 1 }] }, [12]],
    ['chunks of several users, whose ends are places', { chunks: [several] }, []],
    ['figures alone', { generated: 1, skipped: 0 }, []],
    ['no data', null, []],
  ])('%s', (_what, data, persons) => {
    expect(personsNamed(data)).toEqual(persons);
  });
});
