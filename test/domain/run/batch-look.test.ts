import { describe, expect, it } from '@jest/globals';
import type { BatchDeps, BatchWork } from '../../../src/application/batches/batch-work.js';
import { lookAtBatch } from '../../../src/application/batches/look-at-batch.js';
import type { StoredBatch, Transaction } from '../../../src/application/ports.js';

const DAY_MS = 86_400_000;
const NOW = new Date('2026-03-01T00:00:00Z');

/** Looks at a batch that is waited for until so many days from now. @returns whether the question how it stands was given any time, and what comes next */
async function lookedAt(days: number): Promise<{ readonly wasOverAtOnce: boolean; readonly step: unknown }> {
  let wasOverAtOnce = true;
  const look: BatchWork['batches']['look'] = async (_batch, _signal, within) => {
    await new Promise((resolve) => setImmediate(resolve)); // in which a timer of no time at all goes off
    wasOverAtOnce = within.aborted;
    return { status: 'WAITS' };
  };
  const batches = { look, pollMs: 30_000, cancelMs: 600_000, windowMs: DAY_MS } as Partial<BatchWork['batches']> as BatchWork['batches'];
  const work = { batches, signal: new AbortController().signal } as Partial<BatchWork> as BatchWork;
  const tx = { now: () => Promise.resolve(NOW) } as Partial<Transaction> as Transaction;
  const deps = { transaction: (ask) => ask(tx, 1) } as Partial<BatchDeps> as BatchDeps;
  const batch = { cancelAskedAt: null, waitUntil: new Date(NOW.getTime() + days * DAY_MS) } as StoredBatch;
  const step = await lookAtBatch(deps, work, batch);
  return { wasOverAtOnce, step };
}

describe('a look at a batch', () => {
  it.each([
    ['until tomorrow', 1],
    ['for more milliseconds than a timer holds, by a clock that was ahead by a month', 30],
    ['for more milliseconds than a signal takes, by one that was ahead by a year', 365],
  ])('has time for its question where the batch is waited for %s', async (_what, days) => {
    expect(await lookedAt(days)).toEqual({ wasOverAtOnce: false, step: { status: 'WAITS', ms: 30_000 } });
  });
});
