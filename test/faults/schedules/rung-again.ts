import { lockWaiters } from '../../support/lock-waiters.js';
import { createScheduleWorld } from '../../support/schedule-world.js';
import { sceneOf, type Fault } from '../fault.js';
import { BEGIN_HELD } from '../../support/held-transaction.js';

const RINGS = 5;

/** 18, of slots: all have read that the slot is due before the first of them records it. */
export const RUNG_AGAIN: Fault = {
  id: '18b',
  what: 'the same ring of a slot delivered 5 times at once',
  promise: 'invariant 5; one run',
  open: () =>
    Promise.resolve(
      sceneOf({ end: () => Promise.resolve() }, async (draws) => {
        await using world = await createScheduleWorld('2036-03-01T01:00:00Z');
        const scheduleId = await world.create({ overlap: draws.pick(['SKIP', 'QUEUE', 'ALLOW']) });
        world.moveTo(`2036-03-02T00:0${draws.below(5)}:01Z`);
        const held = await world.pool.connect();
        await held.query(BEGIN_HELD);
        await held.query('select from batch.schedule_view where schedule_id = $1 for update', [scheduleId]);
        const rings = Array.from({ length: RINGS }, () => world.wake(scheduleId));
        await lockWaiters(world.pool, RINGS);
        await held.query('commit');
        held.release();
        const runs = (await Promise.all(rings)).flat();
        const ledger = await world.ledger(scheduleId);
        const { rows } = await world.pool.query(`select 1 from batch.event where type in ('SlotFired', 'RunRequested')`);
        return {
          bites: RINGS - 1,
          lost: Number(ledger.length < 1),
          doubled: runs.length - 1 + ledger.length - 1 + rows.length - 2,
          broken: [],
        };
      }),
    ),
};
