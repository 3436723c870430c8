import { startServiceProcess } from '../../support/service-process.js';
import { sceneOf, type Fault } from '../fault.js';
import { heirOn } from '../heir.js';
import { runGround, takenOver } from '../run-ground.js';

const LEASE_MS = 4_000;
const LEASE = { BATCH_LEASE_MS: String(LEASE_MS) };
/** What a look of the sweep and the chunks themselves take: so much, or three times as long as a run without a fault just took on this machine. */
const MARGIN_MS = 1_500;

/** Beyond FAULTS.md: what the death of one of two workers costs is its lease and no more. */
export const ONE_OF_TWO_KILLED: Fault = {
  id: 'lease',
  what: 'SIGKILL of one of two workers that share a run',
  promise: `the run ends within the lease of the dead (${LEASE_MS / 1_000} s) and what its chunks take (${MARGIN_MS / 1_000} s on a quiet machine)`,
  open: async () => {
    const ground = await runGround();
    const heir = await heirOn(ground, LEASE);
    return sceneOf(ground.resources, async (draws) => {
      await using doomed = await startServiceProcess(ground.database, 'worker', LEASE);
      const ordinary = performance.now();
      await ground.ended(await ground.begin({ chunkSize: 2 }));
      const marginMs = Math.max(MARGIN_MS, 3 * (performance.now() - ordinary));
      const hold = await ground.hold(draws.pick(['READING', 'WRITING']));
      const runId = await ground.begin({ chunkSize: draws.between(2, 8) });
      await hold.keeps(4); // two lanes of each
      doomed.child.kill('SIGKILL');
      const since = performance.now();
      await doomed.ended;
      await hold.release();
      await ground.ended(runId);
      const verdict = await ground.verdict(runId, { bites: await takenOver(ground, runId), since });
      const ms = verdict.recoveryMs ?? 0;
      if (ms <= LEASE_MS + marginMs) return verdict;
      return {
        ...verdict,
        broken: [...verdict.broken, `the run ended ${ms} ms after the kill; the lease is ${LEASE_MS} ms (${heir.workerId} lived)`],
      };
    });
  },
};
