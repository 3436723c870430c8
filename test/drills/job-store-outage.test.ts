import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { deleteScheduleNow } from '../../src/application/schedules/edit-schedules.js';
import { describeOnJobStores, type JobStorePlace } from '../support/job-store-places.js';
import { createScheduleWorld, type ScheduleWorld } from '../support/schedule-world.js';
import { startNode, type SchedulingNode } from '../support/scheduling-node.js';
import { gate } from '../support/gate.js';
import { until } from '../support/until.js';

const RUN_ID = '00000000-0000-4000-8000-000000000002';

const synced = (place: JobStorePlace, count: number): Promise<void> => until(async () => (await place.jobs()).length === count);

describeOnJobStores('a job store that fails', (openPlace) => {
  let world: ScheduleWorld;
  let closing: AsyncDisposable[];

  beforeEach(async () => {
    world = await createScheduleWorld('2036-03-01T01:00:00Z');
    await world.pool.query(`update batch.schedule_view set status = 'DELETED'`);
    closing = [world];
  });
  afterEach(async () => {
    for (const each of closing.toReversed()) await each[Symbol.asyncDispose]();
  });

  const openedPlace = async (isCut = false): Promise<JobStorePlace> => {
    const place = await openPlace(world.url, isCut);
    closing.push(place);
    return place;
  };
  const startedNode = async (place: JobStorePlace, name = 'one'): Promise<SchedulingNode> => {
    const node = await startNode(name, place, world.deps);
    closing.push(node);
    return node;
  };
  const settled = (scheduleId: string, slot: string): Promise<void> =>
    until(async () => (await world.ledger(scheduleId)).some((line) => line.startsWith(slot)));

  it('while the service runs is missed by nobody: slots fire through the watchdog, and jobs are mended when it is back', async () => {
    const place = await openedPlace();
    const node = await startedNode(place);
    const [kept, gone] = [await world.create(), await world.create({ name: 'gone' })];
    await node.schedule();
    await synced(place, 2);
    await place.cut();
    for (const day of ['02', '03']) {
      world.moveTo(`2036-03-${day}T00:00:03Z`);
      await settled(kept, `2036-03-${day}T00:00Z`);
      for (const { run_id: runId } of (
        await world.pool.query<{ run_id: string }>('select run_id from batch.run_view where ended_at is null')
      ).rows)
        await world.plan(runId);
    }
    await deleteScheduleNow(node.deps, { scheduleId: gone, actor: 'test' });
    const added = await world.create({ name: 'new' });
    expect(node.watchdogWakes).toContain(kept);
    await until(async () => (await node.store.queueSize()) === null); // as readiness shows it
    await place.mend();
    await until(async () => {
      const listed = (await node.deps.scheduleJobs.list().catch(() => [])).map(({ scheduleId }) => scheduleId);
      return listed.length === 2 && listed.includes(kept) && listed.includes(added);
    });
    expect(await node.store.queueSize()).not.toBeNull();
    expect((await world.ledger(kept)).map((line) => line.slice(0, 17))).toEqual(['2036-03-02T00:00Z', '2036-03-03T00:00Z']);
  });

  it('while the service starts does not stop it: slots fire, and it connects by itself as soon as there is something to connect to', async () => {
    const place = await openedPlace(true);
    const scheduleId = await world.create();
    const node = await startedNode(place);
    await node.schedule();
    expect([node.store.agenda, await node.store.queueSize()]).toEqual([undefined, null]);
    world.moveTo('2036-03-02T00:00:03Z');
    await settled(scheduleId, '2036-03-02T00:00Z');
    await place.mend();
    await synced(place, 1);
    expect(await node.store.queueSize()).toBe(0);
  });

  it('is left without an Agenda when the service stops while it connects', async () => {
    const place = await openedPlace();
    const node = await startedNode(place, 'late');
    const store = place.open('never');
    const starting = store.start();
    await store.stop(3_000);
    await starting;
    expect(store.agenda).toBeUndefined();
    expect(node.failures).toEqual([]);
  });
});

describeOnJobStores('a process that stops', (openPlace) => {
  let world: ScheduleWorld;
  let place: JobStorePlace;
  let node: SchedulingNode;

  beforeEach(async () => {
    world = await createScheduleWorld('2036-03-01T01:00:00Z');
    place = await openPlace(world.url);
    node = await startNode('one', place, world.deps);
  });
  afterEach(async () => {
    for (const each of [node, place, world]) await each[Symbol.asyncDispose]();
  });

  const locked = async (): Promise<string[]> => (await place.jobs()).filter(({ lockedAt }) => lockedAt !== null).map(({ name }) => name);

  it('lets what runs end and leaves nothing locked, neither what ran nor what was queued', async () => {
    const [entered, leave] = [gate(), gate()];
    const { agenda } = node.store;
    const handler = (): Promise<void> => (entered.open(), leave.opened);
    // oxlint-disable-next-line typescript/no-misused-promises -- the overload for promises stands second, and the rule reads the first
    agenda?.define('run: plan', handler, { concurrency: 1, lockLimit: 3 });
    for (let n = 0; n < 3; n += 1) await node.deps.queue.enqueuePlan(RUN_ID);
    await entered.opened;
    await until(async () => (await locked()).length === 3);
    const stopping = node.store.stop(20_000);
    leave.open();
    await stopping;
    expect(await locked()).toEqual([]);
  });

  it('gives back what does not end in time, so that another process is rung for it at once', async () => {
    const [entered, again, leave] = [gate(), gate(), gate()];
    const handler = (): Promise<void> => (entered.open(), leave.opened);
    // oxlint-disable-next-line typescript/no-misused-promises -- the overload for promises stands second, and the rule reads the first
    node.store.agenda?.define('run: plan', handler, { concurrency: 1, lockLimit: 1 });
    await node.deps.queue.enqueuePlan(RUN_ID);
    await entered.opened;
    await node.store.stop(1_000);
    expect(await locked()).toEqual([]);
    const other = await startNode('other', place, world.deps);
    await other.store.whenOpen((agenda) => agenda.define('run: plan', () => again.open()));
    await again.opened;
    leave.open();
    await other[Symbol.asyncDispose]();
  });
});

describe('a watchdog', () => {
  it('watches every schedule, also those after one that cannot fire', async () => {
    await using world = await createScheduleWorld('2036-03-01T01:00:00Z');
    const { openPostgresPlace } = await import('../support/job-store-places.js');
    await using place = await openPostgresPlace(world.url, true);
    await using node = await startNode('one', place, world.deps);
    const [broken, well] = [await world.create({ name: 'broken' }), await world.create({ name: 'well' })];
    // An entry that nobody made refuses the slot for ever.
    await world.pool.query(
      `insert into batch.slot (schedule_id, slot, fired, reason, misfire) values ($1, '2036-03-02T00:00Z', false, 'OVERLAP', false)`,
      [broken],
    );
    world.moveTo('2036-03-02T00:00:03Z');
    await node.schedule();
    await until(async () => (await world.ledger(well)).length === 1);
    expect(node.failures).toContainEqual({ what: 'watchdog', error: expect.objectContaining({ code: '23505' }) });
    await world.pool.query('delete from batch.slot where schedule_id = $1', [broken]);
    await until(async () => (await world.ledger(broken)).length === 1);
  });
});
