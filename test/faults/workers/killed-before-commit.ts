import { startServiceProcess } from '../../support/service-process.js';
import { sceneOf, type Fault } from '../fault.js';
import { heirOn } from '../heir.js';
import { runGround, SHORT_LEASE, takenOver } from '../run-ground.js';

/** 1: it dies with chunks that it has claimed and not written, or has begun to write. */
export const KILLED_BEFORE_COMMIT: Fault = {
  id: '1',
  what: 'SIGKILL of a worker before its commit',
  promise: 'invariants 1 and 2; the run ends',
  open: async () => {
    const ground = await runGround();
    const heir = await heirOn(ground);
    return sceneOf(ground.resources, async (draws) => {
      await heir.freeze();
      await using doomed = await startServiceProcess(ground.database, 'worker', SHORT_LEASE);
      const hold = await ground.hold(draws.pick(['READING', 'WRITING']));
      const runId = await ground.begin({ chunkSize: draws.between(3, 12) });
      await hold.keeps(draws.between(1, 2));
      doomed.child.kill('SIGKILL');
      const since = performance.now();
      await doomed.ended;
      await hold.release();
      heir.thaw();
      await ground.ended(runId);
      return ground.verdict(runId, { bites: await takenOver(ground, runId), since });
    });
  },
};
