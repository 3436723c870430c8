import { startServiceProcess } from '../../support/service-process.js';
import { sceneOf, type Fault } from '../fault.js';
import { heirOn } from '../heir.js';
import { runGround, type RunGround } from '../run-ground.js';

/** Longer than any seed: what is worked on again within it was given back. */
const LONG_LEASE = { BATCH_LEASE_MS: '3600000' };
/** Whether it kept to it is told by its exit code, which a stop beyond it makes 1. */
const GRACE_MS = 60_000;
const HELD = 'select chunk from batch.chunk_work where run_id = $1 and not done and (lease_until is not null or owner is not null)';

/** 4: it may finish the write that it is at, and gives back everything else. */
export const ASKED_TO_STOP: Fault = {
  id: '4',
  what: 'SIGTERM in the middle of a chunk',
  promise: 'it exits with 0 within the grace time; what it held is free at once',
  open: async () => {
    const ground = await runGround();
    const heir = await heirOn(ground, LONG_LEASE);
    return sceneOf(ground.resources, async (draws) => {
      await heir.freeze();
      await using leaving = await startServiceProcess(ground.database, 'worker', { ...LONG_LEASE, BATCH_GRACE_MS: String(GRACE_MS) });
      const hold = await ground.hold(draws.pick(['READING', 'WRITING']));
      const runId = await ground.begin({ chunkSize: draws.between(3, 12) });
      const lanes = draws.between(1, 2);
      await hold.keeps(lanes);
      leaving.child.kill('SIGTERM');
      const since = performance.now();
      await leaving.heard('asked to stop');
      await hold.release();
      const broken = await departure(ground, runId, leaving.ended);
      heir.thaw();
      await ground.ended(runId);
      return ground.verdict(runId, { bites: lanes, since, broken });
    });
  },
};

async function departure({ database }: RunGround, runId: string, ended: Promise<number | string>): Promise<string[]> {
  const broken: string[] = [];
  const how = await ended;
  if (how !== 0) broken.push(`it ended with ${how}, expected 0`);
  const held = await database.column<number>(HELD, [runId]);
  if (held.length > 0) broken.push(`it left ${held.length} chunks leased`);
  return broken;
}
