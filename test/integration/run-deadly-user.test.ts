import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import type { Deps, Generated, Generator } from '../../src/application/ports.js';
import { LaneRoom } from '../../src/application/chunk/lane-room.js';
import { rescueChunk } from '../../src/application/chunk/rescue-chunk.js';
import { runLane } from '../../src/application/chunk/run-lane.js';
import { checkInvariants } from '../../src/doctor/invariants.js';
import { createTestBatch, type TestBatch } from '../support/batch-fixture.js';
import { gate, type Gate } from '../support/gate.js';
import { faultsOf } from '../support/run-faults.js';

/** Gets advice in the fixture, and kills whoever generates it. */
const DEADLY = 77;

let batch: TestBatch;
let graveyard: Gate;
beforeEach(async () => {
  batch = await createTestBatch({ users: 100 });
  graveyard = gate();
});
afterEach(async () => {
  graveyard.open();
  await batch.close();
});

/** A worker that dies of the deadly user: from then on it does nothing, and its lease runs out. */
function mortal(): { deps: Deps; died: Promise<void> } {
  const rules = batch.deps.generators.get('RULES') as Generator;
  const death = gate();
  const generate: Generator['generate'] = async (inputs, ...rest): Promise<Generated> => {
    if (inputs.userId === DEADLY) {
      death.open();
      await graveyard.opened;
    }
    return rules.generate(inputs, ...rest);
  };
  const generators = new Map([['RULES' as const, { name: 'RULES' as const, concurrency: 1, generate }]]);
  return {
    deps: { ...batch.deps, room: new LaneRoom(), generators, settings: { ...batch.deps.settings, workerId: uuidv7() } },
    died: death.opened,
  };
}

describe('a user whose work kills workers', () => {
  it('is found by splitting the chunk, fails alone as CRASHED_WORKER, and every other user gets what is theirs', async () => {
    const runId = await batch.request({ chunkSize: 50 });
    const dead: Promise<unknown>[] = [];
    let deaths = 0;
    for (let ended = false; !ended;) {
      const { deps, died } = mortal();
      const lane = runLane(deps, runId, new AbortController().signal);
      ended = await Promise.race([died.then(() => false), lane.then(() => true)]);
      if (ended) break;
      deaths += 1;
      dead.push(lane);
      await batch.pool.query(`update batch.chunk_work set lease_until = now() - interval '1 s' where run_id = $1 and not done`, [runId]);
    }
    // Three in the chunk of fifty; one in its part of two, which is split again; one with the user alone.
    expect(deaths).toBe(5);
    const failed = await batch.rows(`select user_id, data from batch.event where run_id = $1 and type = 'UserFailed' and data->>'code' <> 'INVALID_INPUT'`, [runId]); // prettier-ignore
    expect(failed).toEqual([{ user_id: DEADLY, data: { code: 'CRASHED_WORKER', retryable: true, attempts: 1 } }]);
    expect(await faultsOf(batch, runId)).toEqual([]);
    const [run] = await batch.rows('select chunk_count, status from batch.run_view where run_id = $1', [runId]);
    expect(run).toMatchObject({ status: 'COMPLETED_WITH_FAILURES' });
    expect((await checkInvariants(batch.pool)).filter(({ ok }) => !ok)).toEqual([]);
    graveyard.open();
    await Promise.all(dead);
    expect(await faultsOf(batch, runId)).toEqual([]);
  });

  it('is looked for in several chunks of a run at once, and no lane waits for another that waits for it', async () => {
    const runId = await batch.request({ chunkSize: 25 });
    const { workerId } = batch.deps.settings;
    const claims = await Promise.all(Array.from({ length: 4 }, () => batch.deps.lanes.claim(runId, workerId, 60_000)));
    let attempts = 0;
    const counting: Pick<Deps, 'settings' | 'transaction'> = {
      settings: batch.deps.settings,
      transaction: (work) =>
        batch.deps.transaction((tx, attempt) => {
          attempts += 1;
          return work(tx, attempt);
        }),
    };
    expect(await Promise.all(claims.map(async (claim) => claim && rescueChunk(counting, claim)))).toEqual([true, true, true, true]);
    expect(attempts).toBe(4); // PostgreSQL would end a deadlock, and the loser would try again
    expect((await checkInvariants(batch.pool)).filter(({ ok }) => !ok)).toEqual([]);
  });

  it('is not looked for while one and the same worker comes back for its chunk', async () => {
    const runId = await batch.request({ chunkSize: 50 });
    const { workerId } = batch.deps.settings;
    for (let time = 0; time < 6; time += 1) {
      const claim = await batch.deps.lanes.claim(runId, workerId, 60_000);
      expect(claim).toMatchObject({ chunk: 0, takeovers: 0 });
      await batch.pool.query(`update batch.chunk_work set lease_until = now() - interval '1 s' where run_id = $1`, [runId]);
    }
  });
});
