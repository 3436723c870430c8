import { sceneOf, type Fault } from '../fault.js';
import { patiently } from '../patiently.js';
import { heirOn } from '../heir.js';
import { runGround } from '../run-ground.js';

const TIMES = 5;

/** 18: Agenda may deliver a job more than once, to one process or to several. */
export const DELIVERED_AGAIN: Fault = {
  id: '18',
  what: 'the same job of a run delivered 5 times, to two workers',
  promise: 'invariant 1; the run is planned once',
  open: async () => {
    const ground = await runGround({ users: 60 });
    await heirOn(ground);
    await heirOn(ground);
    return sceneOf(ground.resources, async (draws) => {
      const runId = await ground.begin({ chunkSize: draws.between(2, 8) });
      const kind = draws.pick(['plan', 'lanes', 'both'] as const);
      let delivered = 0;
      const [plan, lanes] = [kind !== 'lanes', kind !== 'plan'];
      for (let time = 0; time < TIMES; time += 1) {
        if (plan) await ground.deps.queue.enqueuePlan(runId);
        if (lanes) await ground.deps.queue.enqueueLanes(runId, 2);
        delivered += Number(plan) + 2 * Number(lanes);
      }
      await ground.ended(runId);
      await patiently(
        async () => (await ground.database.column(`select 1 from batch.agenda_jobs where data->>'runId' = $1`, [runId])).length === 0,
      );
      const planned = await ground.database.column(`select 1 from batch.event where run_id = $1 and type = 'RunPlanned'`, [runId]);
      const broken = planned.length === 1 ? [] : [`the run was planned ${planned.length} times`];
      return ground.verdict(runId, { bites: delivered, broken });
    });
  },
};
