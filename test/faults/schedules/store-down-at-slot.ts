import type { StoredJob } from '../../support/job-places.js';
import { startSchedulerProcess } from '../../support/scheduler-process.js';
import { sceneOf, type Fault } from '../fault.js';
import { patiently } from '../patiently.js';
import { minutely } from './minutely.js';
import { jobStore, lacksStore, type StoreKind } from './stores.js';

const isOfSchedule = ({ name }: StoredJob): boolean => name.startsWith('schedule');

/** 17, of slots: Agenda cannot ring, or cannot say that it has rung. */
export const storeDownAtSlot = (kind: StoreKind): Fault => ({
  id: kind === 'PostgreSQL' ? '17' : '17m',
  what: `the job store (${kind}) down when slots are due`,
  promise: 'invariant 5; its job is there again afterwards',
  lacks: () => lacksStore(kind),
  open: async () => {
    const store = await jobStore(kind);
    return sceneOf({ end: () => Promise.resolve(store[Symbol.asyncDispose]()) }, async (draws) => {
      // Slower than the others: a lock of Agenda's has to last longer than a job takes on a busy machine, or each job is taken from whoever has it.
      const world = await minutely(60);
      try {
        const place = world.resources.use(await store.open(world.url, draws.below(4) === 0));
        // Patient enough for Agenda to ring first: 120 s of this clock are two seconds.
        const node = world.resources.use(startSchedulerProcess({ url: world.url, place, clock: world.clock, patienceMs: 120_000 }));
        await node.heard('ready');
        await world.recorded(draws.between(1, 3));
        await place.cut();
        await world.recorded(draws.between(2, 5));
        await place.mend();
        const since = performance.now();
        const free = async (): Promise<boolean> => (await place.jobs()).some((job) => isOfSchedule(job) && job.lockedAt === null);
        const standing = async (): Promise<string> =>
          `schedules' jobs ${JSON.stringify((await place.jobs()).filter(isOfSchedule))}, last said ${JSON.stringify(node.said.slice(-5))}`;
        await patiently(free, { standing });
        const recoveredMs = performance.now() - since;
        await world.recorded(draws.between(1, 3));
        const watchdog = node.said.filter(({ event }) => event === 'watchdog').length;
        await node.kill();
        return { ...(await world.verdict({ bites: watchdog })), recoveryMs: Math.round(recoveredMs) };
      } finally {
        await world.resources.end();
      }
    });
  },
});
