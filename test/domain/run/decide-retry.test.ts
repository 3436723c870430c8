import { describe, expect, it } from '@jest/globals';
import { decideRetry } from '../../../src/domain/run/decide-retry.js';
import type { Run } from '../../../src/domain/run/run.js';

const request = {
  program: 'daily',
  recordDate: '2026-03-01',
  trigger: 'MANUAL',
  generator: 'LLM',
  language: 'ko',
  chunkSize: 7,
  dryRun: true,
  onExisting: 'REGENERATE',
  userIds: [1, 2],
  reason: 'the first time',
} as const;
const PARENT = { runId: 'p', status: 'CANCELLED', request } as unknown as Run;

describe('an order to repeat users of a run', () => {
  it('takes program, record date, dryness, generator and the way with what exists from the parent, and nothing else', () => {
    expect(decideRetry(PARENT, {})).toEqual({
      trigger: 'RETRY',
      parentRunId: 'p',
      retry: { outcomes: ['FAILED'] },
      program: 'daily',
      recordDate: '2026-03-01',
      dryRun: true,
      generator: 'LLM',
      onExisting: 'REGENERATE',
    });
  });

  it('may ask another generator, and another way with what exists', () => {
    expect(decideRetry(PARENT, { generator: 'RULES', onExisting: 'SKIP', reason: 'why' })).toMatchObject({
      generator: 'RULES',
      onExisting: 'SKIP',
      reason: 'why',
    });
  });

  it.each([
    [{ only: ['CANCELLED', 'FAILED', 'FAILED'] }, { outcomes: ['FAILED', 'CANCELLED'] }],
    [{ reasons: ['NO_PROFILE'] }, { outcomes: ['SKIPPED'], reasons: ['NO_PROFILE'] }],
    [{ reasons: ['UNSAFE_ADVICE', 'NO_PROFILE'] }, { outcomes: ['FAILED', 'SKIPPED'], reasons: ['NO_PROFILE', 'UNSAFE_ADVICE'] }],
    [
      { only: ['SKIPPED'], reasons: ['NO_PROFILE'] },
      { outcomes: ['SKIPPED'], reasons: ['NO_PROFILE'] },
    ],
  ] as const)('reads %j in one order, however it is written', (order, retry) => {
    expect(decideRetry(PARENT, order)).toMatchObject({ retry });
  });

  it('is refused while the run goes on, and when it names no outcome', () => {
    expect(decideRetry({ ...PARENT, status: 'PAUSED' }, {})).toMatchObject({ code: 'RUN_NOT_ENDED' });
    expect(decideRetry(PARENT, { only: [] })).toMatchObject({ code: 'NO_OUTCOMES_CHOSEN' });
  });
});
