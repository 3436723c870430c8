import { describe, expect, it } from '@jest/globals';
import { inWords } from '../../../src/code-words.js';
import { reasonToPause } from '../../../src/domain/run/failure-rate.js';
import { pauseTold } from '../../../src/domain/run/pause-words.js';

const told = (reason: string): string => {
  const said = pauseTold(reason);
  return typeof said === 'string' ? said : inWords(said, 'ko');
};

describe('why the service paused a run', () => {
  it('is told in Korean of what it writes today', () => {
    const tally = { generated: 10, skipped: 0, failed: 30, cancelled: 0, reasons: { INVALID_INPUT: 29, MODEL_TIMEOUT: 1 } };
    expect(told(reasonToPause(tally, { percent: 20, leastUsers: 10 }) ?? '')).toMatch(
      /^사용자 40명 가운데 30명이 실패.*INVALID_INPUT.*20%/u,
    );
  });

  it.each([
    ['12 of 40 users failed, most with INVALID_INPUT; at most 20 % may. Mend the cause, then resume the run.', /^사용자 40명 가운데 12명/u],
    ['Chunk 7 cannot be worked on, the database answers 42501. Run doctor, mend what it names, and resume the run.', /^청크 7을.*42501/u],
  ])('is told in Korean of what earlier releases wrote: %s', (reason, korean) => {
    expect(told(reason)).toMatch(korean);
  });

  it.each(['점검', 'Chunk 7', '12 of 40 users failed', 'Chunk {chunk} cannot be worked on', ''])(
    'stays an operator’s own words: %j',
    (reason) => {
      expect(pauseTold(reason)).toBe(reason);
    },
  );
});
