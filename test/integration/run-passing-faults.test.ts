import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Deps } from '../../src/application/ports.js';
import { runLane } from '../../src/application/chunk/run-lane.js';
import { createTestBatch, type TestBatch } from '../support/batch-fixture.js';
import { codedError } from '../support/coded-error.js';
import { faultsOf } from '../support/run-faults.js';

const unending = new AbortController().signal;

let batch: TestBatch;
beforeEach(async () => {
  batch = await createTestBatch({ users: 30 });
});
afterEach(() => batch.close());

/** Lets each transaction that writes outcomes fail the first so many times: before it commits, or after, as when only the answer is lost. */
function failing(code: string, times: number, when: 'before' | 'after'): { deps: Deps; bitten: () => number } {
  let bitten = 0;
  const transaction: Deps['transaction'] = async (work) => {
    let wrote = false;
    const result = await batch.deps.transaction(async (tx, attempt) => {
      const advance = tx.chunks.advance.bind(tx.chunks);
      tx.chunks.advance = async (...args) => {
        await advance(...args);
        wrote = true;
        if (when === 'before' && bitten < times) {
          bitten += 1;
          throw codedError(code);
        }
      };
      return work(tx, attempt);
    });
    if (wrote && when === 'after' && bitten < times) {
      bitten += 1;
      throw codedError(code);
    }
    return result;
  };
  return { deps: { ...batch.deps, transaction }, bitten: () => bitten };
}

const attempts = async (runId: string): Promise<number[]> =>
  (
    await batch.rows<{ attempts: number }>(
      `select distinct (data->>'attempts')::int as attempts from batch.event where run_id = $1 and type in ('InterventionGenerated', 'UserFailed') order by 1`,
      [runId],
    )
  ).map((row) => row.attempts);

describe('a fault of the database that passes', () => {
  it.each(['08006', '57P01', '53100', '40P01', '40001'])('%s while a chunk is written costs another attempt and no user', async (code) => {
    const runId = await batch.request();
    const { deps, bitten } = failing(code, 2, 'before');
    await runLane(deps, runId, unending);
    expect(bitten()).toBe(2);
    expect(await attempts(runId)).toEqual([1, 3]);
    expect(await faultsOf(batch, runId)).toEqual([]);
  });

  it('that loses the answer to a commit doubles nothing, in a chunk written whole or in parts', async () => {
    for (const partUsers of [undefined, 3]) {
      const runId = await batch.request();
      const { deps, bitten } = failing('08006', 3, 'after');
      const rules = deps.generators.get('RULES');
      if (rules === undefined) throw new Error('the fixture has rules');
      const generate = rules.generate.bind(rules);
      const generators = new Map([['RULES' as const, { name: rules.name, concurrency: 1, generate, ...(partUsers && { partUsers }) }]]);
      await runLane({ ...deps, generators }, runId, unending);
      expect(bitten()).toBe(3);
      expect(await faultsOf(batch, runId)).toEqual([]);
    }
  });

  it('is told when it does not pass, and the chunk is free for others at once', async () => {
    const runId = await batch.request();
    const { deps } = failing('08006', 1_000, 'before');
    await expect(runLane(deps, runId, unending)).rejects.toMatchObject({ code: '08006' });
    expect(await batch.rows('select 1 from batch.chunk_work where run_id = $1 and lease_until is not null', [runId])).toEqual([]);
    await runLane(batch.deps, runId, unending);
    expect(await faultsOf(batch, runId)).toEqual([]);
  });

  it('is not what a wrong statement is: that is told at once', async () => {
    const runId = await batch.request();
    const { deps, bitten } = failing('42P01', 1_000, 'before');
    await expect(runLane(deps, runId, unending)).rejects.toMatchObject({ code: '42P01' });
    expect(bitten()).toBe(1);
  });
});
