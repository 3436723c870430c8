import { openPostgresProxy } from '../../support/postgres-proxy.js';
import { startServiceProcess } from '../../support/service-process.js';
import { sceneOf, type Fault } from '../fault.js';
import { runGround, SHORT_LEASE } from '../run-ground.js';

/** 7: the worker cannot know whether what it wrote is there. It is. */
export const LOST_COMMIT_ANSWER: Fault = {
  id: '7',
  what: 'the answer to a COMMIT lost on its way',
  promise: 'invariant 1; nothing is doubled',
  open: async () => {
    const ground = await runGround();
    const proxy = ground.resources.use(await openPostgresProxy(ground.database.url));
    ground.resources.use(await startServiceProcess(proxy, 'worker', SHORT_LEASE));
    return sceneOf(ground.resources, async (draws) => {
      const before = proxy.lostAnswers;
      proxy.loseCommitAnswers(draws.between(1, 6), draws.between(1, 4));
      const since = performance.now();
      const runId = await ground.begin({ chunkSize: draws.between(4, 10) });
      await ground.ended(runId);
      return ground.verdict(runId, { bites: proxy.lostAnswers - before, since });
    });
  },
};
