import { describe, expect, it } from '@jest/globals';
import { TaskCancelledError } from 'cockatiel';
import { faultOf } from '../../src/database/through-passing-faults.js';
import { codedError } from '../support/coded-error.js';

describe('a fault', () => {
  it.each([
    ['08006', 'PASSING'],
    ['40001', 'PASSING'],
    ['ECONNRESET', 'PASSING'],
    ['42501', 'SETUP'],
    ['42P01', 'SETUP'],
    ['3F000', 'SETUP'],
    ['28P01', 'SETUP'],
    ['2200H', 'SETUP'],
    ['55000', 'SETUP'], // ON CONFLICT on a key that waits for the commit: each worker would die of it, user by user
    ['23502', 'SETUP'],
    ['25006', 'SETUP'], // a standby, or a trigger of the app that forbids to write: each user would count as a worker's death
    ['SEQUENCE_TOO_HIGH', 'SETUP'],
    ['USER_ID_TOO_HIGH', 'SETUP'],
    ['USERS_NOT_READ', 'SETUP'],
    ['COLUMNS_UNFIT', 'SETUP'],
    ['23514', 'OTHER'],
    ['22003', 'OTHER'],
    ['XX000', 'OTHER'],
  ])('with the code %s is %s', (code, kind) => {
    expect(faultOf(codedError(code))).toEqual({ kind, code });
  });

  it('that has no code has a name, and work that was called off is nobody’s', () => {
    expect(faultOf(new RangeError('out of range'))).toEqual({ kind: 'OTHER', code: 'RangeError' });
    expect(faultOf(new TaskCancelledError())).toMatchObject({ kind: 'PASSING' });
  });
});
