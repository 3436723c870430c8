import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pauseRun, resumeRun, resumeServed } from '../../src/application/run/pause-run.js';
import type { Deps, Generated, Generator, GeneratorStanding } from '../../src/application/ports.js';
import { runLane } from '../../src/application/chunk/run-lane.js';
import { MAX_GENERATOR_PAUSES } from '../../src/domain/run/generator-pauses.js';
import { boundedTokens, boundedWait } from '../../src/domain/figures.js';
import { PostgresPermits } from '../../src/generators/llm/postgres-permits.js';
import { tokensOf } from '../../src/store/postgres-forecasts.js';
import { createTestBatch, type TestBatch } from '../support/batch-fixture.js';
import { faultsOf } from '../support/run-faults.js';

const unending = new AbortController().signal;
const turn = (signal: AbortSignal) => ({ tokens: boundedTokens(1), patienceMs: 86_400_000, signal });
const AWAY: Generated = { status: 'unavailable', reason: 'the endpoint does not answer' };

let batch: TestBatch;
beforeEach(async () => {
  batch = await createTestBatch({ users: 40 });
});
afterEach(() => batch.close());

/** An endpoint that a test opens and closes, as a process sees it: `calls` counts the users it was asked for. */
function endpoint(serves: (call: number) => boolean) {
  const rules = batch.deps.generators.get('RULES') as Generator;
  const seen = { calls: 0, standing: { status: 'SERVES' } as GeneratorStanding };
  const generator: Generator = {
    name: 'RULES',
    concurrency: 1,
    async generate(inputs, ...rest) {
      seen.calls += 1;
      const served = serves(seen.calls);
      seen.standing = served ? { status: 'SERVES' } : { status: 'ON_TRIAL', reason: 'the endpoint does not answer' };
      return served ? rules.generate(inputs, ...rest) : AWAY;
    },
    standing: () => seen.standing,
  };
  const deps: Deps = { ...batch.deps, generators: new Map([['RULES', generator]]) };
  return { deps, seen };
}

const statusOf = async (runId: string): Promise<unknown> =>
  (await batch.rows<{ status: string }>('select status from batch.run_view where run_id = $1', [runId]))[0]?.status;
const pausesOf = async (runId: string): Promise<number> =>
  (await batch.rows(`select 1 from batch.event where run_id = $1 and type = 'RunPaused'`, [runId])).length;

describe('A run whose endpoint came back', () => {
  it('is resumed when one of its users was served, whose outcome is written, and nobody else was asked', async () => {
    const runId = await batch.request({ chunkSize: 20 });
    const { deps, seen } = endpoint((call) => call > 3);
    await runLane(deps, runId, unending);
    expect([await statusOf(runId), seen.calls]).toEqual(['PAUSED', 1]);
    await resumeServed(deps, unending);
    await resumeServed(deps, unending);
    expect([await statusOf(runId), seen.calls, await pausesOf(runId)]).toEqual(['PAUSED', 3, 1]);
    await resumeServed(deps, unending);
    expect([await statusOf(runId), seen.calls]).toEqual(['RUNNING', 4]);
    const told = await batch.rows(`select 1 from batch.event where run_id = $1 and type in ('InterventionGenerated', 'UserFailed')`, [
      runId,
    ]);
    expect(told).toHaveLength(1);
    await runLane(deps, runId, unending);
    expect(await faultsOf(batch, runId)).toEqual([]);
  });

  it('is tried by one process at a time', async () => {
    const runId = await batch.request({ chunkSize: 20 });
    await pauseRun(batch.deps, runId, { cause: 'GENERATOR_UNAVAILABLE', reason: 'away' }, 'a worker');
    const other = await batch.deps.lanes.claimForTrial(runId, batch.deps.settings.workerId, 60_000);
    const { deps, seen } = endpoint(() => true);
    await resumeServed(deps, unending);
    expect([await statusOf(runId), seen.calls]).toEqual(['PAUSED', 0]);
    if (other !== undefined) await batch.deps.lanes.release(other);
    await resumeServed(deps, unending);
    expect(await statusOf(runId)).toBe('RUNNING');
  });

  it('is tried with a later chunk where no user of the first one is eligible, and stays paused where that user is not served', async () => {
    const runId = await batch.request({ chunkSize: 2, userIds: [10, 11, 20, 21, 23, 24] });
    await pauseRun(batch.deps, runId, { cause: 'GENERATOR_UNAVAILABLE', reason: 'away' }, 'a worker');
    const { deps, seen } = endpoint((call) => call > 1);
    await resumeServed(deps, unending);
    expect([await statusOf(runId), seen.calls, await pausesOf(runId)]).toEqual(['PAUSED', 1, 1]);
    await resumeServed(deps, unending);
    expect([await statusOf(runId), seen.calls]).toEqual(['RUNNING', 2]);
    await runLane(deps, runId, unending);
    expect(await faultsOf(batch, runId)).toEqual([]);
  });

  it('stays paused where an operator paused it while its generator was tried', async () => {
    const runId = await batch.request({ chunkSize: 20 });
    const { deps, seen } = endpoint((call) => call > 1);
    await runLane(deps, runId, unending);
    const tried = deps.generators.get('RULES') as Generator;
    const pausing: Generator = {
      name: 'RULES',
      concurrency: 1,
      async generate(...asked) {
        await pauseRun(batch.deps, runId, { cause: 'OPERATOR', reason: 'a look first' }, 'an operator');
        return tried.generate(...asked);
      },
    };
    await resumeServed({ ...deps, generators: new Map([['RULES', pausing]]) }, unending);
    expect([await statusOf(runId), seen.calls]).toEqual(['PAUSED', 2]);
    const [told] = await batch.rows('select paused_cause as cause, paused_by as by from batch.run_view where run_id = $1', [runId]);
    expect(told).toEqual({ cause: 'OPERATOR', by: 'an operator' });
  });

  it('stays paused where an operator paused it before a chunk was found to try its generator with', async () => {
    const runId = await batch.request({ chunkSize: 20 });
    const { deps, seen } = endpoint((call) => call > 1);
    await runLane(deps, runId, unending);
    const lanes = Object.assign(Object.create(deps.lanes) as Deps['lanes'], {
      async waitingForGenerator() {
        const waiting = await deps.lanes.waitingForGenerator();
        await pauseRun(batch.deps, runId, { cause: 'OPERATOR', reason: 'a look first' }, 'an operator');
        return waiting;
      },
    });
    await resumeServed({ ...deps, lanes }, unending);
    expect([await statusOf(runId), seen.calls]).toEqual(['PAUSED', 1]);
    expect(await batch.rows(`select 1 from batch.event where run_id = $1 and type = 'RunResumed'`, [runId])).toEqual([]);
  });

  it('does not pause and resume in a loop where the endpoint comes and goes', async () => {
    const runId = await batch.request({ chunkSize: 20 });
    const { deps } = endpoint((call) => call % 2 === 0);
    for (let times = 0; times < 30; times += 1) {
      await runLane(deps, runId, unending);
      await resumeServed(deps, unending);
    }
    // The first time it is resumed at once; the second time it rests first, for longer than this takes, and ever longer.
    expect(await pausesOf(runId)).toBeLessThanOrEqual(4);
    expect(await statusOf(runId)).toBe('PAUSED');
  });

  it('waits for an operator after so many pauses for the same cause, and says so', async () => {
    const runId = await batch.request({ chunkSize: 20 });
    for (let pauses = 1; pauses < MAX_GENERATOR_PAUSES; pauses += 1) {
      await pauseRun(batch.deps, runId, { cause: 'GENERATOR_UNAVAILABLE', reason: 'away' }, 'a worker');
      await resumeRun(batch.deps, runId, 'an operator');
    }
    const { deps } = endpoint((call) => call > 1);
    await runLane(deps, runId, unending);
    const [told] = await batch.rows<{ reason: string }>('select paused_reason as reason from batch.run_view where run_id = $1', [runId]);
    expect(told?.reason).toMatch(/^the endpoint does not answer\. It paused 24 times for this: resume it by hand\.$/u);
    await resumeServed(deps, unending);
    expect(await statusOf(runId)).toBe('PAUSED');
    await resumeRun(deps, runId, 'an operator');
    await runLane(deps, runId, unending);
    expect(await faultsOf(batch, runId)).toEqual([]);
  });
});

describe('A process that cannot reach the endpoint', () => {
  it('leaves a run alone that others work on, and pauses one that nobody does', async () => {
    const runId = await batch.request({ chunkSize: 20 });
    const [held] = [await batch.deps.lanes.claim(runId, '0198f0a0-0000-7000-8000-00000000000a', 60_000)];
    const { deps, seen } = endpoint(() => false);
    await runLane(deps, runId, unending);
    expect([await statusOf(runId), seen.calls]).toEqual(['RUNNING', 1]);
    await runLane(deps, runId, unending); // on trial by now, and somebody is at it
    expect([await statusOf(runId), seen.calls]).toEqual(['RUNNING', 1]);
    if (held !== undefined) await batch.deps.lanes.release(held);
    seen.standing = { status: 'AWAY', reason: 'the endpoint does not answer' };
    await runLane(deps, runId, unending);
    expect([await statusOf(runId), seen.calls]).toEqual(['PAUSED', 1]);
  });

  it('tries it at once for an operator who resumes the run, and only once for that', async () => {
    const runId = await batch.request({ chunkSize: 20 });
    const { deps, seen } = endpoint(() => false);
    const generator = deps.generators.get('RULES') as { tryNow?: () => void };
    generator.tryNow = () => (seen.standing = { status: 'ON_TRIAL', reason: 'the endpoint does not answer' });
    seen.standing = { status: 'AWAY', reason: 'the endpoint does not answer' };
    await runLane(deps, runId, unending);
    expect([await statusOf(runId), seen.calls]).toEqual(['PAUSED', 0]);
    await resumeRun(deps, runId, 'an operator');
    await runLane(deps, runId, unending);
    expect([await statusOf(runId), seen.calls]).toEqual(['PAUSED', 1]);
  });
});

describe('What an earlier release left behind', () => {
  it('is no rate of years: a time that nobody can have reserved is not believed', async () => {
    const rate = { requestsPerMinute: 60_000 };
    const insert = `insert into batch.llm_rate (endpoint, free_at) values ($1, clock_timestamp() + $2::interval)`;
    await batch.rows(insert, ['left', '49 days']);
    await new PostgresPermits(batch.pool, 'left', rate).take(turn(unending));
    // A wait that the endpoint asked for is: whoever is stopped meanwhile need not wait for it.
    await batch.rows(insert, ['held', '5 minutes']);
    const stop = new AbortController();
    const waiting = new PostgresPermits(batch.pool, 'held', rate).take(turn(stop.signal));
    stop.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
    const [left] = await batch.rows<{ ahead: boolean }>(`select free_at > clock_timestamp() + interval '4 minutes' as ahead from batch.llm_rate where endpoint = 'held'`); // prettier-ignore
    expect(left).toEqual({ ahead: true });
  });

  it('is held for ten minutes at most, whatever an endpoint asked for', async () => {
    const permits = new PostgresPermits(batch.pool, 'asked', { requestsPerMinute: 60 });
    await permits.hold(boundedWait(86_400_000));
    const [held] = await batch.rows<{ within: boolean }>(`select free_at <= clock_timestamp() + interval '10 minutes' as within from batch.llm_rate where endpoint = 'asked'`); // prettier-ignore
    expect(held).toEqual({ within: true });
  });

  it('is no figure to forecast from, and makes no sum overflow', async () => {
    const runId = await batch.run();
    const [run] = await batch.rows<{ month: string }>('select run_month::text as month from batch.run_view where run_id = $1', [runId]);
    const figures = [-35, 4_294_967_295, 1e300, '"many"', null, 1_500];
    const data = figures.map((figure) => `{"tokensIn":${figure},"tokensOut":${figure === 1_500 ? 300 : figure},"costMicros":${figure}}`);
    const append = `select batch.append($1, 0, $2::date, $3::uuid, 'an earlier release', $3::uuid, null, $4::text[], $5::int[], $6::jsonb[])`;
    await batch.rows(append, [`run-${runId}/chunk-999`, run?.month, runId, figures.map(() => 'InterventionGenerated'), figures.map((_, n) => 9_000 + n), data]); // prettier-ignore
    expect(await tokensOf(batch.pool, 'RULES', 'daily')).toEqual({ tokensIn: 1_500, tokensOut: 300, tokensCached: 0 });
  });
});
