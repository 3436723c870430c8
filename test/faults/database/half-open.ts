import { watch } from '../../support/batch-client.js';
import { openPostgresProxy, type Whose } from '../../support/postgres-proxy.js';
import { startServiceProcess } from '../../support/service-process.js';
import { startTestService } from '../../support/test-service.js';
import { sceneOf, type Fault } from '../fault.js';
import { heirOn } from '../heir.js';
import { patiently } from '../patiently.js';
import { groundOn, runGround, SHORT_LEASE } from '../run-ground.js';

const EVERYONE: Whose = () => true;
const LISTENER: Whose = (name) => name === 'ibsafe-batch wake-ups';

/** 8, of a worker: its connections stand, and nothing comes over them. */
export const HALF_OPEN_WORKER: Fault = {
  id: '8',
  what: 'half-open TCP between one of two workers and PostgreSQL',
  promise: 'invariant 1; the run ends',
  open: async () => {
    const ground = await runGround();
    const proxy = ground.resources.use(await openPostgresProxy(ground.database.url));
    await heirOn(ground);
    ground.resources.use(await startServiceProcess(proxy, 'worker', SHORT_LEASE));
    return sceneOf(ground.resources, async (draws) => {
      const hold = await ground.hold(draws.pick(['READING', 'WRITING']));
      const runId = await ground.begin({ chunkSize: draws.between(2, 8) });
      await hold.keeps(4); // two lanes of each
      const stalled = proxy.stall(EVERYONE);
      const since = performance.now();
      await hold.release();
      // A server that waits for a client which is gone gives up its session by the settings of the pool; here, when the network says so.
      const news = setTimeout(() => proxy.reset(EVERYONE), draws.between(1_000, 2_500));
      await ground.ended(runId);
      clearTimeout(news); // or it would reach the next seed
      const verdict = await ground.verdict(runId, { bites: stalled, since });
      proxy.reset(EVERYONE);
      return verdict;
    });
  },
};

/** An answer that does not come within six seconds is given up. */
const IMPATIENT = { ...SHORT_LEASE, BATCH_STATEMENT_MS: '4000' };

/** 8, of the only worker: nobody takes over, and no reset ever comes. Its own patience must end. */
export const HALF_OPEN_ALONE: Fault = {
  id: '8c',
  what: 'half-open TCP between the only worker and PostgreSQL, for good',
  promise: 'invariant 1; the run ends over new connections',
  open: async () => {
    const ground = await runGround({ users: 60 });
    const proxy = ground.resources.use(await openPostgresProxy(ground.database.url));
    ground.resources.use(await startServiceProcess(proxy, 'worker', IMPATIENT));
    return sceneOf(ground.resources, async (draws) => {
      const hold = await ground.hold(draws.pick(['READING', 'WRITING']));
      const runId = await ground.begin({ chunkSize: draws.between(4, 10) });
      await hold.keeps(2);
      const stalled = proxy.stall(EVERYONE);
      const since = performance.now();
      await hold.release();
      await ground.ended(runId);
      return ground.verdict(runId, { bites: stalled, since });
    });
  },
};

/** 8, of the API: nobody tells it any more that something changed. */
export const DEAF_API: Fault = {
  id: '8b',
  what: 'a LISTEN connection that is dead and stands open',
  promise: 'progress arrives by polling, to the end',
  open: async () => {
    const ground = await runGround();
    await heirOn(ground);
    const proxy = ground.resources.use(await openPostgresProxy(ground.database.url));
    const { url } = ground.resources.use(await startTestService(proxy, { role: 'api' }));
    const deaf = groundOn(ground.database, () => url);
    return sceneOf(ground.resources, async (draws) => {
      let stalled = 0;
      await patiently(() => Promise.resolve((stalled = proxy.stall(LISTENER)) > 0)); // the last seed's is made anew within a second or so
      const hold = await ground.hold('READING');
      const runId = await deaf.begin({ chunkSize: draws.between(1, 2) }); // it lasts for many looks, also of a busy machine
      const seen = watch(url, runId);
      await hold.keeps(1);
      const since = performance.now();
      await hold.release();
      const states = await seen;
      const chunks = states.map(({ chunksDone }) => chunksDone);
      const broken: string[] = [];
      if (states.at(-1)?.status !== 'COMPLETED') broken.push('the end never arrived');
      if (new Set(chunks).size < 3) broken.push(`only ${new Set(chunks).size} states of progress arrived`);
      if (chunks.some((count, at) => count < (chunks[at - 1] ?? 0))) broken.push('progress went back');
      const verdict = await ground.verdict(runId, { bites: stalled, since, broken });
      proxy.reset(LISTENER);
      return verdict;
    });
  },
};
