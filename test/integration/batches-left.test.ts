import { describe, expect, test } from '@jest/globals';
import { cleanUpBatches } from '../../src/application/batches/clean-up-batches.js';
import type { StoredBatch } from '../../src/application/ports.js';
import { judgeBatches } from '../../src/doctor/batches.js';
import { createTestBatch } from '../support/batch-fixture.js';

const batch = (key: string): StoredBatch => ({ key }) as StoredBatch;
const cleanUp = (stored: StoredBatch): Promise<object> =>
  stored.key === 'b' ? Promise.reject(new RangeError('of the test')) : Promise.resolve({ spentMicros: 1, isClean: true });

describe('cleaning up batches at the provider', () => {
  test('goes on after one that nothing can be done with, and tells of it', async () => {
    const [closed, spent]: [string[], string[]] = [[], []];
    const deps = {
      generators: new Map([['LLM', { batches: { pollMs: 1, cancelMs: 1, cleanUp } }]]),
      closingBatches: {
        take: () => Promise.resolve(['a', 'b', 'c'].map(batch)),
        settled: (key: string) => Promise.resolve(void spent.push(key)),
        closed: (key: string) => Promise.resolve(void closed.push(key)),
      },
    } as unknown as Parameters<typeof cleanUpBatches>[0];
    await expect(cleanUpBatches(deps)).rejects.toThrow('of the test');
    expect({ closed, spent }).toEqual({ closed: ['a', 'c'], spent: ['a', 'c'] });
  });

  test('is told of by the doctor where it has not come to its end for hours', async () => {
    await using world = { ...(await createTestBatch({ users: 1 })), async [Symbol.asyncDispose]() { await this.close(); } }; // prettier-ignore
    expect(await judgeBatches(world.pool)).toMatchObject({ status: 'ok' });
    const add = (hours: number, state: string): Promise<unknown> =>
      world.pool.query(
        `insert into batch.model_batch (key, run_id, chunks, requests, lines, reserved_micros, wait_until, state, ended_at)
        values (gen_random_uuid(), gen_random_uuid(), '{0}', 1, '[]', 0, now(), $2, now() - $1 * interval '1 hour')`,
        [hours, state],
      );
    for (const [hours, state] of [[1, 'CLOSING'], [50, 'CLOSED']] as const) await add(hours, state); // prettier-ignore
    expect(await judgeBatches(world.pool)).toMatchObject({ status: 'ok' });
    for (const hours of [5, 30]) await add(hours, 'CLOSING');
    expect(await judgeBatches(world.pool)).toMatchObject({ status: 'warning', found: expect.stringMatching(/^2 batches .* 30 hours/u) });
  });
});
