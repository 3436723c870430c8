import { describe, expect, it } from '@jest/globals';
import { patiently } from './patiently.js';

describe('A wait of a fault', () => {
  it('outlasts questions that fail, and ends with the first yes', async () => {
    let asked = 0;
    await patiently(() => {
      asked += 1;
      return asked < 3 ? Promise.reject(new Error('the server is away')) : Promise.resolve(asked === 4);
    });
    expect(asked).toBe(4);
  });

  it('that is in vain tells where it waited, how things stand, and what the question failed with last', async () => {
    const asked = Promise.reject(new Error('invalid input syntax for type uuid'));
    const wait = patiently(() => asked, { patienceMs: 20, standing: () => Promise.resolve('the run is PAUSED') });
    await expect(wait).rejects.toThrow(
      /^what was waited for did not come within 0\.02 s \(patiently\.test\.ts:\d+:\d+\): the run is PAUSED; it was last asked in vain: invalid input syntax for type uuid$/,
    );
  });
});
