import { openPostgresPlace } from '../../support/job-places.js';
import { startSchedulerProcess } from '../../support/scheduler-process.js';
import { sceneOf, type Fault } from '../fault.js';
import { minutely } from './minutely.js';

const HOUR_MS = 3_600_000;

/** 20: two nodes whose clocks are wrong, each in its own way; the database's says what is due. */
export const SKEWED_CLOCK: Fault = {
  id: '20',
  what: 'nodes’ clocks up to 2 h ahead and behind',
  promise: 'invariant 5; nothing fires before its time',
  open: () =>
    Promise.resolve(
      sceneOf({ end: () => Promise.resolve() }, async (draws) => {
        const world = await minutely();
        try {
          const place = world.resources.use(await openPostgresPlace(world.url));
          const skews = draws.pick([[2 * HOUR_MS, -2 * HOUR_MS], [2 * HOUR_MS, 0], [0, -2 * HOUR_MS], [draws.between(1, 7_200) * 1_000]]);
          const nodes = skews.map((skewMs) =>
            world.resources.use(startSchedulerProcess({ url: world.url, place, clock: { ...world.clock, skewMs } })),
          );
          await Promise.all(nodes.map((node) => node.heard('ready')));
          await world.recorded(draws.between(4, 8));
          for (const node of nodes) await node.kill();
          return await world.verdict({ bites: skews.filter((skew) => skew !== 0).length });
        } finally {
          await world.resources.end();
        }
      }),
    ),
};
