import { runBatch } from '../../support/batch-client.js';
import { addDays } from '../../../src/domain/local-date.js';
import { RECORD_DATE } from '../../support/patients-database.js';
import { startServiceProcess } from '../../support/service-process.js';
import { holdTable } from '../../support/table-hold.js';
import { sceneOf, type Fault } from '../fault.js';
import { patiently } from '../patiently.js';
import { runGround, SHORT_LEASE } from '../run-ground.js';

/** Connections of a pool with one lane: see `openCore`. */
const POOL = 9;

/** 9: every connection of the pool waits for something. */
export const POOL_EXHAUSTED: Fault = {
  id: '9',
  what: 'every connection of the pool in use',
  promise: 'readiness says so, and takes it back; every run that was asked for ends',
  open: async () => {
    const ground = await runGround({ users: 30 });
    const all = ground.resources.use(await startServiceProcess(ground.database, 'all', { ...SHORT_LEASE, WORKER_LANES: '1' }));
    const userIds = await ground.database.column<number>('select id from auth_user where is_active and not is_staff order by id limit 3');
    const isReady = async (): Promise<boolean> => (await fetch(`${all.url}/readyz`)).status === 200;
    return sceneOf(ground.resources, async (draws) => {
      await ground.database.rows('delete from ibsafe_interventionrecord');
      const hold = await holdTable(ground.database, draws.pick(['batch.run_view in share mode', 'batch.event in share mode']));
      const requests = draws.between(POOL, POOL + 6);
      const dates = Array.from({ length: requests }, (_, day) => addDays(RECORD_DATE, -day));
      const answers = dates.map((recordDate) => runBatch(all.url, { recordDate, userIds }));
      await hold.reached(POOL);
      await patiently(async () => !(await isReady())); // the answer of before serves for a second
      const since = performance.now();
      await hold.release();
      const runIds = (await Promise.all(answers)).map(({ run }) => run?.id ?? '');
      await patiently(isReady);
      for (const runId of runIds) await ground.ended(runId);
      const verdicts = await Promise.all(runIds.map((runId) => ground.verdict(runId, { bites: 1, since })));
      const sum = (of: 'bites' | 'lost' | 'doubled'): number => verdicts.reduce((total, verdict) => total + verdict[of], 0);
      const recoveryMs = Math.min(...verdicts.map((verdict) => verdict.recoveryMs ?? 0));
      return {
        bites: sum('bites'),
        lost: sum('lost'),
        doubled: sum('doubled'),
        broken: verdicts.flatMap((each) => each.broken),
        recoveryMs,
      };
    });
  },
};
