import { isRejection } from '../../src/domain/rejection.js';
import { describe, expect, it } from '@jest/globals';
import { createScheduleFrom } from '../../src/application/schedules/edit-schedules.js';
import { SCHEDULES_CHANGED } from '../../src/application/schedules/fire-due-slots.js';
import { openPostgresPlace } from '../support/job-store-places.js';
import { lockWaiters } from '../support/lock-waiters.js';
import { createScheduleWorld } from '../support/schedule-world.js';
import { startNode } from '../support/scheduling-node.js';
import { until } from '../support/until.js';
import { BEGIN_HELD } from '../support/held-transaction.js';

const CREATED = '2036-03-01T01:00:00Z';
const DUE = '2036-03-02T00:00:01Z';

describe('the same ring, delivered five times at once,', () => {
  it('makes one run of the slot, and the other four find nothing due', async () => {
    await using world = await createScheduleWorld(CREATED);
    const scheduleId = await world.create();
    world.moveTo(DUE);
    const held = await world.pool.connect();
    await held.query(BEGIN_HELD);
    await held.query('select from batch.schedule_view where schedule_id = $1 for update', [scheduleId]);
    const rings = Array.from({ length: 5 }, () => world.wake(scheduleId));
    await lockWaiters(world.pool, 5); // all of them have read that it is due, or are about to
    await held.query('commit');
    held.release();
    const runs = await Promise.all(rings);
    expect(runs.flat()).toEqual([world.deps.idOf(scheduleId, '2036-03-02T00:00:00.000Z')]);
    expect(await world.ledger(scheduleId)).toEqual(['2036-03-02T00:00Z fired']);
  });

  it('leaves one event of the slot and one of its run in the log', async () => {
    await using world = await createScheduleWorld(CREATED);
    const scheduleId = await world.create();
    world.moveTo(DUE);
    await Promise.all(Array.from({ length: 5 }, () => world.wake(scheduleId)));
    const { rows } = await world.pool.query(
      `select type, count(*)::int as events from batch.event where type in ('SlotFired', 'RunRequested') group by 1`,
    );
    expect(rows.toSorted((a: { type: string }, b: { type: string }) => (a.type < b.type ? -1 : 1))).toEqual([
      { type: 'RunRequested', events: 1 },
      { type: 'SlotFired', events: 1 },
    ]);
  });
});

describe('the slot ledger', () => {
  it('refuses a second entry for a slot from any process', async () => {
    await using world = await createScheduleWorld(CREATED);
    const scheduleId = await world.create();
    world.moveTo(DUE);
    await world.wake(scheduleId);
    const slot = new Date('2036-03-02T00:00:00Z');
    const again = world.deps.transaction((tx) => tx.slots.record([{ scheduleId, slot, misfire: false, reason: 'OVERLAP' }], slot));
    await expect(again).rejects.toMatchObject({ code: '23505', constraint: 'slot_pkey' });
  });

  it('refuses an entry that is both fired and skipped, or neither', async () => {
    await using world = await createScheduleWorld(CREATED);
    const [scheduleId, slot] = [await world.create(), new Date('2036-03-02T00:00:00Z')];
    const record = (entry: { reason?: string; runId?: string }): Promise<void> =>
      world.deps.transaction((tx) => tx.slots.record([{ scheduleId, slot, misfire: false, ...entry }], slot));
    await expect(record({ reason: 'OVERLAP', runId: scheduleId })).rejects.toMatchObject({ code: '23514' });
    await expect(record({})).rejects.toMatchObject({ code: '23514' });
  });
});

describe('a burst of edits', () => {
  it('is synced by few syncs, one after the other, that leave connections for everybody else', async () => {
    await using world = await createScheduleWorld(CREATED);
    await using place = await openPostgresPlace(world.url);
    await using node = await startNode('one', place, world.deps);
    const listeners: ((what: string) => void)[] = [];
    let syncs = 0;
    const exclusively: typeof node.deps.exclusively = (name, work) => {
      syncs += 1;
      return world.deps.exclusively(name, work);
    };
    Object.assign(node.deps, { exclusively });
    await node.schedule({ syncMs: 1_000_000, subscribe: (listener) => (listeners.push(listener), () => undefined) });
    const made: string[] = [];
    for (let n = 0; n < 30; n += 1) {
      const answer = await createScheduleFrom(node.deps, {
        input: { name: `${n}`, frequency: 'DAILY', hour: 1, minute: n },
        actor: 'test',
      });
      if (!isRejection(answer)) made.push(answer.scheduleId);
    }
    for (const _ of made) listeners[0]?.(SCHEDULES_CHANGED);
    await until(async () => (await place.jobs()).length >= made.length);
    expect(node.failures).toEqual([]);
    expect(syncs).toBeLessThanOrEqual(4);
  });

  it('is synced after wake-ups may have been lost', async () => {
    await using world = await createScheduleWorld(CREATED);
    await using place = await openPostgresPlace(world.url);
    await using node = await startNode('one', place, world.deps);
    const listeners: ((what: string) => void)[] = [];
    await node.schedule({ syncMs: 1_000_000, subscribe: (listener) => (listeners.push(listener), () => undefined) });
    const before = (await place.jobs()).length;
    await world.create();
    listeners[0]?.('');
    await until(async () => (await place.jobs()).length > before);
  });
});
