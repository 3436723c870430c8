import { describe, expect, it } from '@jest/globals';
import { Repeating } from '../../src/base/repeating.js';
import { gate } from '../support/gate.js';

const GRACE_MS = 60_000;

describe('Repeating', () => {
  it('does its work again after a failure, which it tells', async () => {
    const [failures, third] = [[] as unknown[], gate()];
    let times = 0;
    const work = (): Promise<void> => {
      times += 1;
      if (times === 3) third.open();
      return times === 1 ? Promise.reject(new Error('the first')) : Promise.resolve();
    };
    const repeating = new Repeating({ work, everyMs: 0, onFailure: (error) => failures.push(error) });
    repeating.start();
    await third.opened;
    expect(await repeating.stop(GRACE_MS)).toBe(true);
    expect(failures).toEqual([new Error('the first')]);
  });

  it('begins nothing after it was stopped, tells its work, and waits for it no longer than it may', async () => {
    const go = gate();
    const signals: AbortSignal[] = [];
    const work = async (stopping: AbortSignal): Promise<void> => {
      signals.push(stopping);
      await go.opened;
    };
    const repeating = new Repeating({ work, everyMs: 0, farewellMs: 1, onFailure: () => undefined });
    repeating.start();
    expect(await repeating.stop(GRACE_MS)).toBe(false);
    go.open();
    // Another that begins only now is done three times: what the first had begun again would have come before.
    const third = gate();
    let times = 0;
    const other = new Repeating({ work: async () => void ((times += 1) === 3 && third.open()), everyMs: 0, onFailure: () => undefined });
    await go.opened;
    other.start();
    await third.opened;
    expect(await other.stop(GRACE_MS)).toBe(true);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });
});
