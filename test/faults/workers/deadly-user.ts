import { outcomesOf } from '../../support/outcome-list.js';
import { healthyUsers } from '../../support/poisoned-records.js';
import { startServiceProcess } from '../../support/service-process.js';
import { sceneOf, type Fault } from '../fault.js';
import { runGround, SHORT_LEASE } from '../run-ground.js';

/** Of a worker that is started again whenever it dies, as an orchestrator would, and gives up on a chunk after its first death. */
const MORTAL = { ...SHORT_LEASE, BATCH_CHUNK_TAKEOVERS: '1' };
const CRASHED = { outcome: 'FAILED', failureCode: 'CRASHED_WORKER' };

/** 15, at its worst: a record of which whoever works on it dies. */
export const DEADLY_USER: Fault = {
  id: '15b',
  what: 'a record that kills every worker that works on it',
  promise: 'invariants 9 and 1: that user fails as CRASHED_WORKER, and every other user gets what is theirs',
  open: async () => {
    const ground = await runGround({ users: 40 });
    const healthy = await healthyUsers(ground.database);
    return sceneOf(ground.resources, async (draws) => {
      const deadly = draws.pick(healthy);
      const since = performance.now();
      const runId = await ground.begin({ chunkSize: draws.between(2, 6) });
      // With several lanes others die beside it, who must not be blamed.
      const environment = { ...MORTAL, WORKER_LANES: String(draws.between(1, 3)), TEST_MUTANT: `deadly user:${deadly}` };
      const over = new AbortController();
      const ended = ground.ended(runId).then(() => over.abort());
      let deaths = 0;
      while (!over.signal.aborted) {
        const worker = await startServiceProcess(ground.database, 'worker', environment);
        const how = await Promise.race([worker.ended, ended.then(() => 'OVER' as const)]);
        if (how !== 'OVER') deaths += 1;
        await worker[Symbol.asyncDispose]();
      }
      const outcomes = await outcomesOf(ground.url, runId);
      const broken = outcomes
        .filter(({ userId, outcome, failureCode }) => {
          if (userId === deadly) return outcome !== CRASHED.outcome || failureCode !== CRASHED.failureCode;
          return healthy.includes(userId) && outcome !== 'GENERATED';
        })
        .map(({ userId, outcome }) => `user ${userId}${userId === deadly ? ', the deadly one,' : ''} has ${outcome}`);
      return ground.verdict(runId, { bites: deaths, since, broken });
    });
  },
};
