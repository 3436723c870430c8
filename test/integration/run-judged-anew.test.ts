import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runLane } from '../../src/application/chunk/run-lane.js';
import type { Generated, Generator } from '../../src/application/ports.js';
import { pauseRun, resumeRun } from '../../src/application/run/pause-run.js';
import { createTestBatch, type TestBatch } from '../support/batch-fixture.js';
import { faultsOf } from '../support/run-faults.js';

const unending = new AbortController().signal;

let batch: TestBatch;
beforeEach(async () => {
  batch = await createTestBatch({ users: 40 });
});
afterEach(() => batch.close());

describe('A run that is resumed', () => {
  it('is judged by what came after, also of a chunk that was under way when it was paused', async () => {
    const runId = await batch.request({ chunkSize: 40 });
    let [asked, broken] = [0, true];
    const failed = { status: 'failed', code: 'GENERATOR_TIMEOUT', retryable: true, attempts: 3 } as const;
    const rules = batch.deps.generators.get('RULES') as Generator;
    const generate: Generator['generate'] = async (...given): Promise<Generated> => {
      asked += 1;
      if (asked === 12) await pauseRun(batch.deps, runId, { cause: 'OPERATOR', reason: 'the records are mended' }, 'an operator');
      return broken || asked === 40 ? failed : rules.generate(...given);
    };
    const generators = new Map([['RULES' as const, { name: 'RULES' as const, concurrency: 4, partUsers: 3, generate }]]);
    const deps = { ...batch.deps, generators, settings: { ...batch.deps.settings, failurePause: { percent: 50, leastUsers: 5 } } };
    await runLane(deps, runId, unending);
    const before = await batch.rows<{ users: number }>("select count(*)::int as users from batch.event where run_id = $1 and type = 'UserFailed'", [runId]); // prettier-ignore
    expect(before[0]?.users).toBeGreaterThan(5);
    broken = false;
    asked = 30;
    await resumeRun(batch.deps, runId, 'an operator');
    await runLane(deps, runId, unending);
    const types = await batch.rows<{ type: string }>("select type from batch.event where stream = 'run-' || $1 order by version", [runId]);
    expect(types.map(({ type }) => type).slice(-3)).toEqual(['RunPaused', 'RunResumed', 'RunCompleted']);
    expect(await faultsOf(batch, runId)).toEqual([]);
  });
});
