import { createPatients } from '../../support/patients-database.js';
import { openPostgresProxy, type Whose } from '../../support/postgres-proxy.js';
import { Resources } from '../../support/resources.js';
import { startServiceProcess } from '../../support/service-process.js';
import { holdWorkers } from '../../support/table-hold.js';
import { sceneOf, type Fault } from '../fault.js';
import { groundOn, SHORT_LEASE } from '../run-ground.js';
import { jobStore, lacksStore, type StoreKind } from './stores.js';

const AGENDA: Whose = (name) => name === 'ibsafe-batch jobs';

/** 17, of runs: the lanes cannot be told of as done, and nobody can be rung. */
export const storeDownAtCompletion = (kind: StoreKind): Fault => ({
  id: kind === 'PostgreSQL' ? '17c' : '17cm',
  what: `the job store (${kind}) down when a run completes`,
  promise: 'invariant 1; the run ends, and the next one too',
  lacks: () => lacksStore(kind),
  open: async () => {
    const resources = new Resources();
    const database = resources.use(await createPatients(60));
    const way = await wayToJobs(kind, { resources, url: database.url });
    const all = resources.use(await startServiceProcess({ url: way.url }, 'all', { ...SHORT_LEASE, ...way.environment }));
    const ground = groundOn(database, () => all.url);
    return sceneOf(resources, async (draws) => {
      const hold = await holdWorkers(database, 'READING');
      const runId = await ground.begin({ chunkSize: draws.between(3, 15) });
      await hold.keeps(1);
      const bites = await way.cut();
      const since = performance.now();
      await hold.release();
      await ground.ended(runId);
      const verdict = await ground.verdict(runId, { bites, since });
      if (draws.below(2) === 0) await way.mend();
      const next = await ground.begin({ chunkSize: 20 });
      await ground.ended(next);
      await way.mend();
      return { ...verdict, broken: [...verdict.broken, ...(await ground.verdict(next, { bites })).broken] };
    });
  },
});

interface Way {
  readonly url: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Breaks the store's connections and refuses new ones. @returns how often it bit */
  cut(): Promise<number>;
  mend(): Promise<void>;
}

async function wayToJobs(kind: StoreKind, { resources, url }: { resources: Resources; url: string }): Promise<Way> {
  if (kind === 'PostgreSQL') {
    const proxy = resources.use(await openPostgresProxy(url));
    const cut = (): Promise<number> => {
      proxy.refuse(AGENDA);
      return Promise.resolve(proxy.reset(AGENDA));
    };
    return { url: proxy.url, environment: {}, cut, mend: () => Promise.resolve(proxy.refuse()) };
  }
  const store = await jobStore(kind);
  resources.use(store);
  const place = resources.use(await store.open(url));
  const cut = (): Promise<number> => place.cut().then(() => 1);
  return { url, environment: { MONGODB_URL: place.urls.mongoUrl ?? '' }, cut, mend: () => place.mend() };
}
