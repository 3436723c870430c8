import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pauseRun, resumeRun, resumeServed } from '../../src/application/run/pause-run.js';
import type { Deps, Generated, Generator } from '../../src/application/ports.js';
import { LaneRoom } from '../../src/application/chunk/lane-room.js';
import { runLane } from '../../src/application/chunk/run-lane.js';
import { checkInvariants } from '../../src/doctor/invariants.js';
import { createTestBatch, type TestBatch } from '../support/batch-fixture.js';
import { gate } from '../support/gate.js';
import { faultsOf } from '../support/run-faults.js';
import { until } from '../support/until.js';

const unending = new AbortController().signal;

let batch: TestBatch;
beforeEach(async () => {
  batch = await createTestBatch({ users: 40 });
});
afterEach(() => batch.close());

type Answer = (userId: number, ordinary: () => Generated) => Generated | Promise<Generated>;

/** The batch's generator as a slow one: four users at once, written in parts of three, with an answer of the test's own. */
function slowly(answer: Answer, more: Partial<Generator> = {}): Deps {
  const rules = batch.deps.generators.get('RULES') as Generator;
  const slow: Generator = {
    name: 'RULES',
    concurrency: 4,
    partUsers: 3,
    generate: async (inputs, ...rest) => answer(inputs.userId, () => rules.generate(inputs, ...rest) as Generated),
    ...more,
  };
  return { ...batch.deps, generators: new Map([['RULES', slow]]) };
}

const withOutcome = async (runId: string): Promise<number[]> =>
  (
    await batch.rows<{ user_id: number }>('select user_id from batch.event where run_id = $1 and user_id is not null order by 1', [runId])
  ).map(({ user_id }) => user_id);
const eventTypes = async (runId: string): Promise<string[]> =>
  (
    await batch.rows<{ type: string }>(`select type from batch.event where run_id = $1 and stream = 'run-' || run_id order by version`, [
      runId,
    ])
  ).map(({ type }) => type);

describe('a chunk whose advice takes long', () => {
  it('is written in parts, whose sums are those of its outcomes', async () => {
    const runId = await batch.request({ chunkSize: 20 });
    await runLane(
      slowly((_, ordinary) => ordinary()),
      runId,
      unending,
    );
    const parts = await batch.rows(`select 1 from batch.event where run_id = $1 and type = 'ChunkProgressed'`, [runId]);
    expect(parts.length).toBeGreaterThan(6);
    expect(await faultsOf(batch, runId)).toEqual([]);
  });

  it('holds up no other lane of the process while it waits for an answer', async () => {
    const runId = await batch.request({ chunkSize: 20 });
    const asked = new Set<number>();
    const [go, both] = [gate(), gate()];
    const chunks = await batch.rows<{ user_ids: number[] }>('select user_ids from batch.chunk_work where run_id = $1', [runId]);
    const deps = slowly(async (userId, ordinary) => {
      asked.add(chunks.findIndex(({ user_ids }) => user_ids.includes(userId)));
      if (asked.size === 2) both.open();
      await go.opened;
      return ordinary();
    });
    const lanes = Promise.all([runLane(deps, runId, unending), runLane(deps, runId, unending)]);
    await both.opened;
    go.open();
    await lanes;
    expect(await faultsOf(batch, runId)).toEqual([]);
  });

  it('is taken over from what was written last, so that nobody is generated for twice', async () => {
    const runId = await batch.request({ chunkSize: 20 });
    const asked: number[] = [];
    const [hang, reached] = [gate(), gate()];
    const hanging = slowly(async (userId, ordinary) => {
      asked.push(userId);
      if (userId === 5) {
        reached.open();
        await hang.opened;
      }
      return ordinary();
    });
    const stopped = new AbortController();
    const vanished = runLane(hanging, runId, stopped.signal);
    await reached.opened;
    // The others go on around it, up to the last user but those of a part that is not full.
    await until(async () => (await withOutcome(runId)).length >= 18);
    const [before] = await batch.rows<{ user_ids: number[] }>('select user_ids from batch.chunk_work where run_id = $1 and chunk = 0', [
      runId,
    ]);
    await batch.pool.query(`update batch.chunk_work set lease_until = now() - interval '1 s' where run_id = $1 and not done`, [runId]);

    const again: number[] = [];
    const heir = slowly((userId, ordinary) => {
      again.push(userId);
      return ordinary();
    });
    const other = { ...heir, room: new LaneRoom(), settings: { ...heir.settings, workerId: '00000000-0000-4000-8000-000000000001' } };
    await runLane(other, runId, unending);
    expect(again.filter((userId) => userId <= 20).toSorted((a, b) => a - b)).toEqual(before?.user_ids.filter((userId) => userId % 10 > 1));
    stopped.abort();
    hang.open();
    await vanished;
    expect(await faultsOf(batch, runId)).toEqual([]);
  });

  it('is written as far as it is judged when the process stops, and left to others at once', async () => {
    const runId = await batch.request({ chunkSize: 40 });
    const stopping = new AbortController();
    let generated = 0;
    const deps = slowly((_, ordinary) => {
      generated += 1;
      if (generated === 8) stopping.abort();
      return ordinary();
    });
    await runLane(deps, runId, stopping.signal);
    const done = await withOutcome(runId);
    expect(done.length).toBeGreaterThanOrEqual(8);
    expect(done.length).toBeLessThan(40);
    expect(await batch.rows('select 1 from batch.chunk_work where run_id = $1 and lease_until is not null', [runId])).toEqual([]);
    expect((await checkInvariants(batch.pool)).filter(({ ok }) => !ok)).toEqual([]);
    await runLane(
      slowly((_, ordinary) => ordinary()),
      runId,
      unending,
    );
    expect(await faultsOf(batch, runId)).toEqual([]);
  });
});

describe('a run that is paused', () => {
  it('stops after the part in work, claims nothing, and goes on where it stopped', async () => {
    const runId = await batch.request({ chunkSize: 40 });
    let generated = 0;
    const deps = slowly(async (_, ordinary) => {
      generated += 1;
      if (generated === 5) await pauseRun(batch.deps, runId, { cause: 'OPERATOR', reason: 'looking into it' }, 'an operator');
      return ordinary();
    });
    await runLane(deps, runId, unending);
    const done = await withOutcome(runId);
    expect(done.length).toBeLessThan(40);
    await runLane(deps, runId, unending);
    expect(await withOutcome(runId)).toEqual(done);

    await resumeRun(batch.deps, runId, 'an operator');
    await runLane(deps, runId, unending);
    expect(await eventTypes(runId)).toEqual(['RunRequested', 'RunPlanned', 'RunStarted', 'RunPaused', 'RunResumed', 'RunCompleted']);
    expect(await faultsOf(batch, runId)).toEqual([]);
  });

  it('waits for a generator that serves nobody, loses no user to it, and goes on by itself when it answers', async () => {
    const runId = await batch.request({ chunkSize: 20 });
    let down = true;
    const deps = slowly((userId, ordinary) =>
      down && userId > 7 ? { status: 'unavailable', reason: 'the endpoint does not answer' } : ordinary(),
    );
    await runLane(deps, runId, unending);
    const [paused] = await batch.rows('select status, paused_cause, paused_reason from batch.run_view where run_id = $1', [runId]);
    expect(paused).toEqual({ status: 'PAUSED', paused_cause: 'GENERATOR_UNAVAILABLE', paused_reason: 'the endpoint does not answer' });
    for (let times = 0; times < 5; times += 1) await resumeServed(deps, unending);
    expect((await batch.rows('select status from batch.run_view where run_id = $1', [runId]))[0]).toEqual({ status: 'PAUSED' });
    expect((await eventTypes(runId)).at(-1)).toBe('RunPaused'); // trials leave no trace
    down = false;
    await resumeServed(deps, unending);
    await runLane(deps, runId, unending);
    expect((await eventTypes(runId)).slice(-3)).toEqual(['RunPaused', 'RunResumed', 'RunCompleted']);
    expect(await faultsOf(batch, runId)).toEqual([]);
  });

  it('pauses by itself when more users fail than may, and is judged anew once it is resumed', async () => {
    const runId = await batch.request({ chunkSize: 10 });
    let broken = true;
    const failing = slowly((_, ordinary) =>
      broken ? { status: 'failed', code: 'GENERATOR_TIMEOUT', retryable: true, attempts: 3 } : ordinary(),
    );
    const deps = { ...failing, settings: { ...failing.settings, failurePause: { percent: 50, leastUsers: 10 } } };
    await runLane(deps, runId, unending);
    const [paused] = await batch.rows<{ paused_cause: string; paused_reason: string }>(
      'select paused_cause, paused_reason from batch.run_view where run_id = $1',
      [runId],
    );
    expect(paused?.paused_cause).toBe('FAILURE_RATE');
    expect(paused?.paused_reason).toMatch(/^8 of 10 users failed, most with GENERATOR_TIMEOUT/);
    broken = false;
    await resumeRun(batch.deps, runId, 'an operator');
    await runLane(deps, runId, unending);
    expect((await eventTypes(runId)).filter((type) => type === 'RunPaused')).toHaveLength(1);
    expect(await faultsOf(batch, runId)).toEqual([]);
    expect((await checkInvariants(batch.pool)).filter(({ ok }) => !ok)).toEqual([]);
  });
});
