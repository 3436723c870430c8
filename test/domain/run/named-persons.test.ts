import { describe, expect, it } from '@jest/globals';
import { personsNamed } from '../../../src/domain/run/named-persons.js';

const places = { after: 92, through: 93, roster: 1 };

describe('the persons whom an event names', () => {
  it.each([
    ['a run of chosen users', { userIds: [5, 7] }, [5, 7]],
    ['chunks, whose ends are places in the roster', { chunks: [places] }, []],
    ['figures alone', { generated: 1, skipped: 0 }, []],
    ['no data', null, []],
  ])('%s', (_what, data, persons) => {
    expect(personsNamed(data)).toEqual(persons);
  });
});
