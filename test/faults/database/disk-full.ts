import { fillWithPatients } from '../../support/patients-database.js';
import { startServiceProcess } from '../../support/service-process.js';
import { lacksSmallDisk } from '../../support/small-disk.js';
import { holdWorkers } from '../../support/table-hold.js';
import { sceneOf, type Fault } from '../fault.js';
import { patiently } from '../patiently.js';
import { runGround, SHORT_LEASE } from '../run-ground.js';
import { smallDisk } from './small-disk.js';

const DISK_FULL = '53100';

/** 25: the disk under the tables is full, and then it is not. */
export const DISK_FULL_MID_RUN: Fault = {
  id: '25',
  what: 'disk full in the middle of a run (a small tablespace)',
  promise: 'no false success; the run ends after space returns',
  lacks: () => Promise.resolve(lacksSmallDisk),
  open: async () => {
    const disk = await smallDisk();
    const ground = await runGround({ database: await fillWithPatients(disk.database, 60) });
    // What a deleted row leaves must not be room for the next one: the disk is to be full.
    await ground.database.rows('alter table ibsafe_interventionrecord set (autovacuum_enabled = false)');
    const worker = ground.resources.use(await startServiceProcess(ground.database, 'worker', SHORT_LEASE));
    const failures = (): number => worker.printed.filter((line) => line.includes(DISK_FULL)).length;
    const end = async (): Promise<void> => {
      await ground.resources.end().catch(() => undefined);
      await disk[Symbol.asyncDispose]();
    };
    return sceneOf({ end }, async (draws) => {
      const before = failures();
      const hold = await holdWorkers(ground.database, 'READING');
      const runId = await ground.begin({ chunkSize: draws.between(4, 20) });
      await hold.keeps(1);
      disk.fill(draws.below(3) * 8_192);
      await hold.release();
      await patiently(() => Promise.resolve(failures() > before));
      const done = await ground.database.column('select 1 from batch.run_view where run_id = $1 and ended_at is not null', [runId]);
      disk.empty();
      const since = performance.now();
      await ground.ended(runId);
      const broken = done.length === 0 ? [] : ['the run said that it had ended while the disk was full'];
      return ground.verdict(runId, { bites: failures() - before, since, broken });
    });
  },
};
