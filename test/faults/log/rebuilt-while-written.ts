import { rebuildViews } from '../../../src/projections/rebuild/rebuild-views.js';
import { sceneOf, type Fault } from '../fault.js';
import { heirOn } from '../heir.js';
import { runGround } from '../run-ground.js';

/** 14: the views are made anew, again and again, while two workers write to them. */
export const REBUILT_WHILE_WRITTEN: Fault = {
  id: '14',
  what: 'a rebuild of the views while runs write',
  promise: 'invariant 4, at every moment',
  open: async () => {
    const ground = await runGround({ users: 60 });
    await heirOn(ground);
    await heirOn(ground);
    return sceneOf(ground.resources, async (draws) => {
      const runId = await ground.begin({ chunkSize: draws.between(1, 3) });
      await ground.chunksDone(runId, draws.between(0, 4));
      const since = performance.now();
      const over = new AbortController();
      const ending = ground.ended(runId).finally(() => over.abort());
      const differences: string[] = [];
      const lengths = new Set<number>();
      while (!over.signal.aborted) {
        const report = await rebuildViews(ground.database.pool, { verify: draws.below(2) === 0 });
        lengths.add(report.events);
        differences.push(...report.differences.map(({ view, column }) => `${view} differed from the log in ${column}`));
      }
      await ending;
      // It bit when the log grew between the rebuilds.
      return ground.verdict(runId, { bites: lengths.size - 1, since, broken: [...new Set(differences)] });
    });
  },
};
