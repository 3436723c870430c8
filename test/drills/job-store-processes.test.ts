import { isRejection } from '../../src/domain/rejection.js';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { createScheduleFrom } from '../../src/application/schedules/edit-schedules.js';
import { adminUrl } from '../support/admin-url.js';
import { describeOnJobStores, MONGO, openMongoPlace, openPostgresPlace, type JobStorePlace } from '../support/job-store-places.js';
import { lockWaiters } from '../support/lock-waiters.js';
import { startMongod } from '../support/mongodb.js';
import { createScheduleWorld, type ScheduleWorld } from '../support/schedule-world.js';
import { startSchedulerProcess, type SchedulerProcess, type SchedulerProcessOptions } from '../support/scheduler-process.js';
import { until } from '../support/until.js';
import { BEGIN_HELD } from '../support/held-transaction.js';

// Daily at 02:15 on Lord Howe Island, where clocks go back half an hour on 5 April 2026: after the slot of the 4th Agenda's own cron parser finds no next one.
const LORD_HOWE = { name: 'test', frequency: 'DAILY', hour: 2, minute: 15, timeZone: 'Australia/Lord_Howe' };
const SLOT = '2026-04-03T15:15:00.000Z';
const NEXT_SLOT = '2026-04-04T15:45:00.000Z';

/** A clock that comes to an instant now, and goes on at the machine's pace. */
const clockAt = (base: string): NonNullable<SchedulerProcessOptions['clock']> => ({ base, since: new Date().toISOString(), factor: 1 });

/** Neither watchdog nor sync helps out. */
const ONLY_AGENDA = { patienceMs: 3_600_000, syncMs: 3_600_000 };

let closing: AsyncDisposable[];
beforeEach(() => {
  closing = [];
});
afterEach(async () => {
  for (const each of closing.toReversed()) await each[Symbol.asyncDispose]();
});

function started(options: SchedulerProcessOptions): SchedulerProcess {
  const node = startSchedulerProcess(options);
  closing.push(node);
  return node;
}

async function lordHoweWorld(): Promise<{ world: ScheduleWorld; scheduleId: string }> {
  const world = await createScheduleWorld('2026-04-03T15:00:00Z');
  closing.push(world);
  await world.pool.query(`update batch.schedule_view set status = 'DELETED'`);
  const made = await createScheduleFrom(world.deps, { input: LORD_HOWE, actor: 'test' });
  return { world, scheduleId: isRejection(made) ? '' : made.scheduleId };
}

const settled = (world: ScheduleWorld, scheduleId: string, slots = 1): Promise<void> =>
  until(async () => (await world.ledger(scheduleId)).length >= slots);

describeOnJobStores('processes with schedulers', (openPlace) => {
  const openedPlace = async (url: string): Promise<JobStorePlace> => {
    const place = await openPlace(url);
    closing.push(place);
    return place;
  };

  it('start together on an empty database, and none of them crashes', async () => {
    const url = await emptyDatabase();
    const place = await openedPlace(url);
    const processes = Array.from({ length: 3 }, () => started({ url, place, migrate: true }));
    await Promise.all(processes.map((node) => node.heard('ready')));
    for (const { child, said } of processes) {
      expect([child.exitCode, child.signalCode]).toEqual([null, null]);
      expect(said.filter(({ event }) => event === 'failure' || event === 'error')).toEqual([]);
    }
  });

  it('are rung by Agenda in time, and the next ring is there also where Agenda’s own reckoning fails', async () => {
    const { world, scheduleId } = await lordHoweWorld();
    const place = await openedPlace(world.url);
    // The slot comes half a second from now, by the database's clock and the node's.
    const node = started({ url: world.url, place, clock: clockAt('2026-04-03T15:14:59.500Z'), ...ONLY_AGENDA });
    await settled(world, scheduleId);
    await until(async () =>
      (await place.jobs()).some(({ nextRunAt, lockedAt }) => nextRunAt?.toISOString() === NEXT_SLOT && lockedAt === null),
    );
    expect(await world.ledger(scheduleId)).toEqual([`${SLOT.slice(0, 16)}Z fired`]);
    await node.heard('ring', ({ name }) => name?.startsWith('schedule: test') === true);
    expect(node.said.filter(({ event }) => event === 'watchdog')).toEqual([]);
  });

  it.each([
    ['two hours ahead, without ringing more than once in a second', 7_200_000],
    ['two hours behind, through the watchdog', -7_200_000],
  ])('fire a slot once, and not before its time, on a node whose clock is %s', async (_, skewMs) => {
    const { world, scheduleId } = await lordHoweWorld();
    const place = await openedPlace(world.url);
    const clock = { ...clockAt('2026-04-03T15:14:57.000Z'), skewMs };
    const node = started({ url: world.url, place, clock });
    await settled(world, scheduleId);
    const { rows } = await world.pool.query<{ at: string }>(`select data->>'firedAt' as at from batch.event where type = 'SlotFired'`);
    expect(rows).toHaveLength(1);
    expect((rows[0]?.at ?? '') >= SLOT).toBe(true);
    const rings = node.said.filter(({ event, name }) => event === 'ring' && name?.startsWith('schedule') === true).length;
    const soFarMs = Date.now() - Date.parse(clock.since);
    expect(rings).toBeLessThanOrEqual(skewMs > 0 ? soFarMs / 1_000 + 2 : 0);
  });

  it('leave a job locked when one of them is killed over it, and another fires the slot without waiting for that lock', async () => {
    const { world, scheduleId } = await lordHoweWorld();
    const place = await openedPlace(world.url);
    const held = await world.pool.connect();
    await held.query(BEGIN_HELD);
    await held.query('select from batch.schedule_view where schedule_id = $1 for update', [scheduleId]);
    const clock = clockAt('2026-04-03T15:14:59.500Z');
    const victim = started({ url: world.url, place, clock, patienceMs: 60_000 });
    await victim.heard('ring', ({ name }) => name?.startsWith('schedule') === true);
    await lockWaiters(world.pool, 1);
    await victim.kill();
    await held.query('commit');
    held.release();
    expect((await place.jobs()).filter(({ lockedAt }) => lockedAt !== null)).toHaveLength(1);
    started({ url: world.url, place, clock });
    await settled(world, scheduleId);
    expect(await world.ledger(scheduleId)).toEqual([`${SLOT.slice(0, 16)}Z fired`]);
  });

  it('leave nothing locked when they are asked to stop', async () => {
    const { world, scheduleId } = await lordHoweWorld();
    const place = await openedPlace(world.url);
    const node = started({ url: world.url, place, clock: clockAt('2026-04-03T15:14:59.500Z') });
    await node.heard('ring');
    node.child.kill('SIGTERM');
    expect(await node.ended).toBe(0);
    expect((await place.jobs()).filter(({ lockedAt }) => lockedAt !== null)).toEqual([]);
    started({ url: world.url, place, clock: clockAt('2026-04-03T15:15:03.000Z') });
    await settled(world, scheduleId);
  });
});

describe('a process whose job store crashes', () => {
  it('goes on when PostgreSQL ends every connection of the job store at once, again and again', async () => {
    const { world, scheduleId } = await lordHoweWorld();
    const place = await openPostgresPlace(world.url);
    closing.push(place);
    const terminate = `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'ibsafe-batch jobs'`;
    await survives(world, scheduleId, place, async () => {
      for (let ended = 0; ended < 5;) ended += (await world.pool.query(terminate)).rowCount ?? 0;
      await place.cut();
      void settled(world, scheduleId).then(() => place.mend());
    });
  });

  const itOwnMongo = MONGO.from === 'program' ? it : it.skip;
  if (MONGO.from !== 'program')
    console.log(`skipped, a mongod is not killed: ${MONGO.from === 'url' ? 'MONGODB_URL is not ours' : MONGO.reason}`);
  itOwnMongo('goes on when mongod is killed and comes back', async () => {
    if (MONGO.from !== 'program') throw new Error('skipped above');
    const { world, scheduleId } = await lordHoweWorld();
    const mongod = await startMongod(MONGO);
    closing.push(mongod);
    const place = await openMongoPlace(mongod.url);
    closing.push(place);
    await survives(world, scheduleId, place, async () => {
      await mongod.kill();
      void settled(world, scheduleId).then(() => mongod.restart());
    });
  });
});

/** A slot while the store is gone, and the jobs mended afterwards, in a process that never ends. */
async function survives(world: ScheduleWorld, scheduleId: string, place: JobStorePlace, crash: () => Promise<void>): Promise<void> {
  const node = started({ url: world.url, place, clock: clockAt('2026-04-03T15:14:57.000Z') });
  await node.heard('ready');
  await until(async () => (await place.jobs()).length === 1);
  await crash();
  await settled(world, scheduleId);
  await node.heard('watchdog');
  const added = await createScheduleFrom(world.deps, { input: { ...LORD_HOWE, name: 'new' }, actor: 'test' });
  await until(async () => (await place.jobs().catch(() => [])).some(({ name }) => !isRejection(added) && name.includes('new')));
  expect([node.child.exitCode, node.child.signalCode]).toEqual([null, null]);
}

/** A database with nothing in it at all. */
async function emptyDatabase(): Promise<string> {
  const url = new URL(adminUrl());
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await asAdmin(`create database ${name}`);
  closing.push({ [Symbol.asyncDispose]: () => asAdmin(`drop database if exists ${name} with (force)`) });
  url.pathname = `/${name}`;
  return url.href;
}

async function asAdmin(sql: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl() });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
