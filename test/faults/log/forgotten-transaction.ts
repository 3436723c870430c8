import { Client } from 'pg';
import { judgeLag } from '../../../src/doctor/log.js';
import { adminUrl } from '../../support/admin-url.js';
import { dataOf } from '../../support/graphql-client.js';
import { watch } from '../../support/batch-client.js';
import { sceneOf, type Fault } from '../fault.js';
import { patiently } from '../patiently.js';
import { heirOn } from '../heir.js';
import { runGround } from '../run-ground.js';

/** 12: somebody else's session, in another database of the cluster, holds back every follower. */
export const FORGOTTEN_TRANSACTION: Fault = {
  id: '12',
  what: 'a write transaction left open elsewhere',
  promise: 'the lag is told of; the run ends; then followers have everything, and invariant 4',
  open: async () => {
    const ground = await runGround({ users: 60 });
    await heirOn(ground);
    return sceneOf(ground.resources, async (draws) => {
      const elsewhere = new Client({ connectionString: adminUrl() });
      await elsewhere.connect();
      await elsewhere.query('begin');
      await elsewhere.query('select pg_current_xact_id()');
      const runId = await ground.begin({ chunkSize: draws.between(3, 10) });
      await ground.ended(runId); // writers wait for nobody
      const told = { metric: 0, query: 0 };
      await patiently(async () => {
        told.metric = Number(/^ibsafe_batch_log_lag_seconds (\S+)$/m.exec(await (await fetch(`${ground.url}/metrics`)).text())?.[1]);
        told.query = (
          await dataOf<{ systemStatus: { log: { lagMs: number } } }>(ground.url, '{ systemStatus { log { lagMs } } }')
        ).systemStatus.log.lagMs;
        return told.metric > 0.2 && told.query > 200;
      });
      const doctor = await judgeLag(ground.database.pool, { warning: 0.1, problem: 60 });
      const since = performance.now();
      await elsewhere.query(draws.pick(['commit', 'rollback']));
      await elsewhere.end();
      const last = (await watch(ground.url, runId)).at(-1);
      const broken = last?.status === 'COMPLETED' ? [] : [`a follower ended at ${last?.status ?? 'nothing'}`];
      if (doctor.status !== 'warning') broken.push(`the doctor said ${doctor.status}`);
      return ground.verdict(runId, { bites: Number(told.metric > 0 && told.query > 0), since, broken });
    });
  },
};
