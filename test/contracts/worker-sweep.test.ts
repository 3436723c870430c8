import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cancelRun } from '../../src/application/run/cancel-run.js';
import { pauseRun } from '../../src/application/run/pause-run.js';
import type { Deps, Generated, Generator } from '../../src/application/ports.js';
import { JobStore } from '../../src/jobs/job-store.js';
import { Worker } from '../../src/jobs/worker-jobs.js';
import { createTestBatch, type TestBatch } from '../support/batch-fixture.js';
import { gate, type Gate } from '../support/gate.js';
import { faultsOf } from '../support/run-faults.js';
import { until } from '../support/until.js';

const LANES = 2;

let batch: TestBatch;
let worker: Worker;
/** Opens when the generator may answer. */
let go: Gate;
/** Users that are being generated for, and the most there ever were at once. */
let busy = 0;
let most = 0;
let rings = 0;
let looks = 0;
let failures: string[];

beforeEach(async () => {
  batch = await createTestBatch({ users: 40 });
  [go, busy, most, rings, looks, failures] = [gate(), 0, 0, 0, 0, []];
});
afterEach(async () => {
  go.open();
  await worker.stop(60_000);
  await batch.close();
});

const onFailure = (job: string, _: string, error: unknown): void => void failures.push(`${job}: ${String(error)}`);

/** A worker whose job store never answers: everything it does, its sweep found. */
async function startWorker(more: Partial<Deps> = {}, generator: Partial<Generator> = {}): Promise<void> {
  const rules = batch.deps.generators.get('RULES') as Generator;
  const slow: Generator = {
    name: 'RULES',
    concurrency: 1,
    async generate(inputs, ...rest): Promise<Generated> {
      busy += 1;
      most = Math.max(most, busy);
      await go.opened;
      busy -= 1;
      return rules.generate(inputs, ...rest);
    },
    ...generator,
  };
  const due: Deps['lanes']['due'] = async (able) => {
    const found = await batch.deps.lanes.due(able);
    looks += 1;
    return found;
  };
  const deps: Deps = {
    ...batch.deps,
    lanes: Object.assign(Object.create(batch.deps.lanes) as Deps['lanes'], { due }),
    generators: new Map([['RULES', slow]]),
    queue: { enqueuePlan: () => Promise.resolve(), enqueueLanes: () => Promise.resolve(void (rings += 1)) },
    ...more,
  };
  const never = new JobStore({
    kind: 'none',
    make: () => Promise.reject(new Error('no store')),
    retryMs: 60_000,
    watchMs: 60_000,
    onError: () => undefined,
  });
  worker = new Worker(deps, never, { lanes: LANES, sweepMs: 1, onFailure });
  await worker.start();
}

const status = async (runId: string): Promise<unknown> =>
  (await batch.rows<{ status: string }>('select status from batch.run_view where run_id = $1', [runId]))[0]?.status;
const ended = (runId: string): Promise<void> =>
  until(async () => (await batch.rows('select 1 from batch.run_view where run_id = $1 and ended_at is not null', [runId])).length === 1);
/** Resolves when the sweep has looked some more times. */
const swept = (): Promise<void> => {
  const before = looks;
  return until(() => Promise.resolve(looks >= before + 5));
};

describe('a worker’s sweep', () => {
  it('fills the places that are free and no more, and rings for nobody while they are taken', async () => {
    const [first, second] = [await batch.request(), await batch.request()];
    await startWorker();
    await until(() => Promise.resolve(busy === LANES));
    await swept();
    expect({ most, rings }).toEqual({ most: LANES, rings: 0 });
    go.open();
    await ended(first);
    await ended(second);
    expect({ most, failures }).toEqual({ most: LANES, failures: [] });
    for (const runId of [first, second]) expect(await faultsOf(batch, runId)).toEqual([]);
  });

  it('records the rest of a cancelled run while every lane is another’s', async () => {
    const [first, second] = [await batch.request(), await batch.request()];
    await startWorker();
    await until(() => Promise.resolve(busy === LANES));
    expect(await status(second)).toBe('PLANNED');
    await cancelRun(batch.deps, second, {}, 'an operator');
    await ended(second);
    expect([await status(first), await status(second)]).toEqual(['RUNNING', 'CANCELLED']);
    expect(await faultsOf(batch, second)).toEqual([]);
  });

  it('takes up what another worker gave back, while that run still has lanes', async () => {
    const runId = await batch.request();
    const claims = [];
    for (let chunk = 0; chunk < 4; chunk += 1) claims.push(await batch.deps.lanes.claim(runId, batch.deps.settings.workerId, 60_000));
    await startWorker();
    await swept();
    expect(busy).toBe(0); // every chunk has an owner that lives
    for (const claim of claims.slice(1)) if (claim !== undefined) await batch.deps.lanes.release(claim);
    await until(() => Promise.resolve(busy === LANES));
    if (claims[0] !== undefined) await batch.deps.lanes.release(claims[0]);
    go.open();
    await ended(runId);
    expect(await faultsOf(batch, runId)).toEqual([]);
  });

  it('is held up neither by an endpoint that does not answer the user it is tried with, nor by what fails beside it', async () => {
    const [waiting, other] = [await batch.request(), await batch.request()];
    await pauseRun(batch.deps, waiting, { cause: 'GENERATOR_UNAVAILABLE', reason: 'the endpoint is away' }, 'a worker');
    go.open();
    const backfills = { ...batch.deps.backfills, unsettled: () => Promise.reject(new Error('as the test wants it')) };
    const asked = gate();
    const rules = batch.deps.generators.get('RULES') as Generator;
    const generate: Generator['generate'] = (inputs, program, signal, runId) => {
      if (runId !== waiting) return rules.generate(inputs, program, signal, runId);
      asked.open();
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
    };
    await startWorker({ backfills }, { generate });
    await asked.opened;
    const later = await batch.request();
    await until(async () => (await status(other)) === 'COMPLETED_WITH_FAILURES' && (await status(later)) === 'COMPLETED_WITH_FAILURES');
    expect(await status(waiting)).toBe('PAUSED');
    expect(failures).toContain('sweep: Error: as the test wants it');
  });
});
