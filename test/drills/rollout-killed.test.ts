import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { addDays } from '../../src/domain/local-date.js';
import { armOf } from '../../src/domain/rollout/arm.js';
import { BEHAVIOURS } from '../../src/local-model/behaviour.js';
import { begin, watch } from '../support/batch-client.js';
import { RECORD_DATE } from '../support/patients-database.js';
import { RolloutWorld } from '../support/rollout-world.js';
import { followEvents } from '../support/run-events-client.js';
import { faultsOf } from '../support/run-faults.js';
import { startServiceProcess, type ServiceProcess } from '../support/service-process.js';
import { until } from '../support/until.js';

const ARM = { seed: 'spring-1', sharePercent: 50 };
const STOPS = "select data->>'cause' from batch.event where stream = 'rollout-' || $1 and type = 'RolloutStopped'";

let world: RolloutWorld;
beforeAll(async () => {
  world = new RolloutWorld();
  await world.open(160, {}, 'api');
  await world.database.rows('delete from ibsafe_interventionrecord');
});
afterAll(() => world.resources.end());

/** Each run is for a day of its own. */
let recordDate = addDays(RECORD_DATE, 1);
beforeEach(() => {
  recordDate = addDays(recordDate, -1);
});

const startWorker = (leaseMs: string): Promise<ServiceProcess> =>
  startServiceProcess(world.database, 'worker', { ...world.candidate, BATCH_LEASE_MS: leaseMs });

/** A night of which one worker is killed once it has written a chunk; another, which works beside it, ends it. */
async function nightWithAKill(): Promise<{ runId: string; doomed: ServiceProcess; heir: ServiceProcess }> {
  const doomed = world.resources.use(await startWorker('1000'));
  const heir = world.resources.use(await startWorker('3600000'));
  const runId = await begin(world.service.url, { recordDate, chunkSize: 4 });
  for await (const { type, actor } of followEvents(world.service.url, runId)) {
    if (type === 'ChunkCompleted' && actor === doomed.workerId) break;
  }
  doomed.child.kill('SIGKILL');
  expect((await watch(world.service.url, runId)).at(-1)).toMatchObject({ status: 'COMPLETED', percent: 100 });
  return { runId, doomed, heir };
}

describe('a rollout under which a worker is killed', () => {
  it('gives each user one outcome by the arm that seed and share give, and its figures count each of them once', async () => {
    world.behaviour = { kind: 'sound' };
    const most = { priceMicros: 100_000_000, gateDropsPercent: 100, fallbacksPercent: 100 };
    const { rolloutId } = await world.start({ ...ARM, thresholds: most });
    const { runId, heir } = await nightWithAKill();
    expect(await faultsOf(world.database, runId)).toEqual([]);
    const outcomes = await world.outcomes(runId);
    expect(outcomes.map(({ userId, arm, model }) => ({ userId, arm, model }))).toEqual(
      outcomes.map(({ userId }) => {
        const arm = armOf(ARM, userId);
        return { userId, arm, model: arm === 'CANDIDATE' ? 'tried' : null };
      }),
    );
    const users = (arm: string): number => outcomes.filter((each) => each.arm === arm).length;
    const [night] = await world.deps.rollouts.nights(rolloutId);
    expect(night).toMatchObject({
      recordDate,
      figures: { CANDIDATE: { users: users('CANDIDATE'), failed: 0 }, IN_FORCE: { users: users('IN_FORCE'), failed: 0 } },
    });
    expect(users('CANDIDATE')).toBeGreaterThan(0);
    heir.child.kill('SIGKILL');
    await world.end(rolloutId);
  });

  it('is stopped once by whichever worker lives to see that the candidate is unfit, and no user is without advice', async () => {
    world.behaviour = BEHAVIOURS.untrue ?? world.behaviour;
    const { rolloutId } = await world.start({ ...ARM, thresholds: { leastUsers: 12 } });
    const { runId, doomed, heir } = await nightWithAKill();
    await until(async () => (await world.found(rolloutId)).status === 'STOPPED');
    expect(await world.database.column(STOPS, [rolloutId])).toEqual(['GATE_DROPS']);
    expect([doomed.workerId, heir.workerId]).toContain((await world.actors(rolloutId)).at(-1));
    expect(await faultsOf(world.database, runId)).toEqual([]);
    const outcomes = await world.outcomes(runId);
    const wanted = outcomes.filter(({ userId }) => armOf(ARM, userId) === 'CANDIDATE');
    const tried = outcomes.filter(({ arm }) => arm === 'CANDIDATE');
    expect(tried.length).toBeGreaterThanOrEqual(12);
    expect(tried.length).toBeLessThan(wanted.length);
  });
});
