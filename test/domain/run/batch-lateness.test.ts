import { describe, expect, it } from '@jest/globals';
import { afterLook, type AwaitedBatch } from '../../../src/domain/run/batch-lateness.js';

const at = (seconds: number): Date => new Date(Date.UTC(2026, 2, 1, 3, 0, seconds));
/** Its wait ended at 0 s; a provider may take a minute to end it. */
const batch = (more: Partial<AwaitedBatch>): AwaitedBatch => ({
  now: at(0),
  waitUntil: at(0),
  cancelAskedAt: null,
  cancelMs: 60_000,
  isAway: false,
  ...more,
});

describe('a batch that has not come back', () => {
  it('is waited for until its time is over, and then the provider is asked to end it', () => {
    expect(afterLook(batch({ now: at(-1) }))).toBe('WAIT');
    expect(afterLook(batch({ now: at(0) }))).toBe('CANCEL');
  });

  it('is given the whole time to end from when the provider was asked, however late that was', () => {
    // No worker looked for an hour after its wait was over.
    const asked = { cancelAskedAt: at(3_600) };
    expect(afterLook(batch({ ...asked, now: at(3_601) }))).toBe('CANCEL');
    expect(afterLook(batch({ ...asked, now: at(3_659) }))).toBe('CANCEL');
    expect(afterLook(batch({ ...asked, now: at(3_660) }))).toBe('GIVE_UP');
  });

  it('of a provider that does not answer is given up later: it may have ended, and its answers are paid for', () => {
    const asked = { cancelAskedAt: at(0), isAway: true };
    expect(afterLook(batch({ ...asked, now: at(60) }))).toBe('CANCEL');
    expect(afterLook(batch({ ...asked, now: at(299) }))).toBe('CANCEL');
    expect(afterLook(batch({ ...asked, now: at(300) }))).toBe('GIVE_UP');
  });
});
