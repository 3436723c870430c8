import { afterEach, beforeEach, expect, it } from '@jest/globals';
import {
  createScheduleFrom,
  deleteScheduleNow,
  pauseScheduleBecause,
  resumeScheduleNow,
} from '../../src/application/schedules/edit-schedules.js';
import { syncSchedules } from '../../src/application/schedules/sync-schedules.js';
import type { ScheduleJob } from '../../src/application/ports.js';
import { LOCK_LIFETIME_MS } from '../../src/jobs/job-names.js';
import { describeOnJobStores, type JobStorePlace } from '../support/job-store-places.js';
import { createScheduleWorld, scheduleOf, type ScheduleWorld } from '../support/schedule-world.js';
import { lockWaiters } from '../support/lock-waiters.js';
import { startNode, type SchedulingNode } from '../support/scheduling-node.js';
import { until } from '../support/until.js';
import { BEGIN_HELD } from '../support/held-transaction.js';

const SCHEDULE_ID = '00000000-0000-4000-8000-000000000001';
const JOB = {
  scheduleId: SCHEDULE_ID,
  name: 'schedule: 일일 중재 (000001)',
  cron: '0 9 * * *',
  timeZone: 'Asia/Seoul',
  nextRunAt: new Date('2036-03-02T00:00:00Z'),
  enabled: true,
};

describeOnJobStores('recurring jobs', (openPlace) => {
  let world: ScheduleWorld;
  let place: JobStorePlace;
  let [one, other]: SchedulingNode[] = [];
  const node = (): SchedulingNode => one as SchedulingNode;
  const jobs = (): SchedulingNode['deps']['scheduleJobs'] => node().deps.scheduleJobs;

  beforeEach(async () => {
    world = await createScheduleWorld('2036-03-01T01:00:00Z');
    // Nothing but the schedules of the test: a schedule of the fixture would have a job too.
    await world.pool.query(`update batch.schedule_view set status = 'DELETED'`);
    place = await openPlace(world.url);
    one = await startNode('one', place, world.deps);
    other = await startNode('other', place, world.deps);
  });
  afterEach(async () => {
    for (const each of [one, other, place, world]) await each?.[Symbol.asyncDispose]();
  });

  const only = async (): Promise<ScheduleJob> => {
    const found = await jobs().list();
    expect(found).toHaveLength(1);
    return found[0] as ScheduleJob;
  };

  it('are listed as they were put, by every process, and gone when removed', async () => {
    await jobs().put(JOB);
    const job = await only();
    expect(job).toEqual({ ...JOB, jobId: job.jobId });
    expect(await other?.deps.scheduleJobs.list()).toEqual([job]);
    await jobs().remove([job.jobId]);
    expect(await jobs().list()).toEqual([]);
  });

  it('are told from the jobs of runs, which no removal touches', async () => {
    await jobs().put(JOB);
    await node().deps.queue.enqueuePlan(SCHEDULE_ID);
    await jobs().remove([]);
    await jobs().remove([(await only()).jobId]);
    expect((await place.jobs()).map(({ name }) => name)).toEqual(['run: plan']);
  });

  it('keep their history and the lock of whoever is at it when they are mended', async () => {
    await jobs().put(JOB);
    const [lockedAt, lastRunAt] = [new Date('2036-02-29T00:00:00Z'), new Date('2036-02-28T00:00:00Z')];
    await place.write(JOB.name, { lockedAt, lastRunAt, nextRunAt: null });
    await jobs().put({ ...JOB, cron: '30 10 * * *', jobId: (await only()).jobId });
    expect(await only()).toMatchObject({ cron: '30 10 * * *', nextRunAt: JOB.nextRunAt });
    expect(await place.jobs()).toEqual([expect.objectContaining({ name: JOB.name, lockedAt, lastRunAt })]);
  });

  it('follow their schedule’s name, and stay one', async () => {
    await jobs().put(JOB);
    const { jobId } = await only();
    await jobs().put({ ...JOB, name: 'schedule: another name (000001)', jobId });
    expect(await only()).toMatchObject({ name: 'schedule: another name (000001)', scheduleId: SCHEDULE_ID, cron: JOB.cron });
  });

  it('are made once for each schedule, however many processes sync at the same time', async () => {
    const scheduleIds = [];
    for (let n = 0; n < 4; n += 1) scheduleIds.push(await world.create({ name: 'the same name' }));
    const nodes = [node(), other as SchedulingNode];
    const reports = await Promise.all([0, 1, 0, 1].map((n) => syncSchedules((nodes[n] as SchedulingNode).deps)));
    expect((await jobs().list()).map(({ scheduleId }) => scheduleId).toSorted()).toEqual(scheduleIds.toSorted());
    expect(reports.flatMap(({ added }) => added)).toHaveLength(4);
  });

  it('are mended by a sync that leaves alone what is right', async () => {
    const [right, dead, late, disabled, paused, deleted] = await Promise.all(
      Array.from({ length: 6 }, (_, n) => world.create({ name: `schedule ${n}` })),
    );
    await syncSchedules(node().deps);
    const names = new Map((await jobs().list()).map(({ scheduleId, name }) => [scheduleId, name]));
    const nameOf = (scheduleId = ''): string => names.get(scheduleId) ?? '';
    const kept = new Date('2036-02-28T00:00:00Z');
    await place.write(nameOf(right), { lastRunAt: kept, nextRunAt: new Date('2036-03-01T12:00:00Z') }); // too early is harmless
    await place.write(nameOf(dead), { nextRunAt: null });
    await place.write(nameOf(late), { nextRunAt: new Date('2036-03-09T00:00:00Z') });
    const off = (await jobs().list()).find(({ scheduleId }) => scheduleId === disabled) as ScheduleJob;
    await jobs().put({ ...off, enabled: false, cron: '1 1 * * *' });
    await pauseScheduleBecause(world.deps, { scheduleId: paused ?? '', actor: 'test' }, 'holidays');
    await deleteScheduleNow(world.deps, { scheduleId: deleted ?? '', actor: 'test' });
    await jobs().put({ ...JOB, name: 'schedule: nobody’s (000001)' });
    expect(await syncSchedules(node().deps)).toEqual({
      added: [],
      changed: expect.arrayContaining([nameOf(dead), nameOf(late), nameOf(disabled), nameOf(paused)]) as unknown,
      removed: expect.arrayContaining([nameOf(deleted), 'schedule: nobody’s (000001)']) as unknown,
    });
    expect(
      (await jobs().list()).filter(({ enabled, nextRunAt, cron }) => enabled && nextRunAt !== null && cron === '0 9 * * *'),
    ).toHaveLength(4);
    expect((await place.jobs()).find(({ name }) => name === nameOf(right))?.lastRunAt).toEqual(kept);
    expect(await syncSchedules(node().deps)).toEqual({ added: [], changed: [], removed: [] });
    const jobOfPaused = async (): Promise<ScheduleJob | undefined> => (await jobs().list()).find(({ scheduleId }) => scheduleId === paused);
    const stands = await jobOfPaused();
    expect(stands).toMatchObject({ enabled: false, nextRunAt: null }); // there, so that it can be resumed, and silent
    await resumeScheduleNow(world.deps, { scheduleId: paused ?? '', actor: 'test' });
    expect(await syncSchedules(node().deps)).toEqual({ added: [], changed: [nameOf(paused)], removed: [] });
    expect(await jobOfPaused()).toMatchObject({ jobId: stands?.jobId, enabled: true, nextRunAt: expect.any(Date) });
  });

  it('ring in whichever process is there, at their time, and go on from slot to slot', async () => {
    // The node's clock is years behind the database's, whose time stands still: rings come when the test writes them.
    const scheduleId = await world.create();
    await node().schedule({ patienceMs: Infinity, syncMs: 1_000_000 });
    await other?.schedule({ patienceMs: Infinity, syncMs: 1_000_000 });
    const { name } = await only();
    for (const day of ['02', '03', '04']) {
      world.moveTo(`2036-03-${day}T00:00:01Z`);
      await place.write(name, { nextRunAt: new Date() });
      await settled(scheduleId, `2036-03-${day}T00:00Z`);
      await unlocked(name);
    }
    expect(await world.ledger(scheduleId)).toHaveLength(3);
    expect(node().watchdogWakes).toEqual([]);
  });

  it('fire a slot once when another process takes the job while its handler is at it', async () => {
    const scheduleId = await world.create();
    await node().schedule({ patienceMs: Infinity, syncMs: 1_000_000 });
    await other?.schedule({ patienceMs: Infinity, syncMs: 1_000_000 });
    const { name } = await only();
    world.moveTo('2036-03-02T00:00:01Z');
    const held = await world.pool.connect();
    try {
      await held.query(BEGIN_HELD);
      await held.query('select from batch.schedule_view where schedule_id = $1 for update', [scheduleId]);
      await place.write(name, { nextRunAt: new Date() });
      await waiting(1);
      // What `every()` or `save()` of another process does on MongoDB, and an expired lock anywhere: the job is free while it is worked on.
      await place.write(name, { nextRunAt: new Date(), lockedAt: null });
      await waiting(2);
    } finally {
      await held.query('commit');
      held.release();
    }
    await settled(scheduleId, '2036-03-02T00:00Z');
    await unlocked(name);
    expect(await world.ledger(scheduleId)).toEqual(['2036-03-02T00:00Z fired']);
    expect([...node().failures, ...(other?.failures ?? [])]).toEqual([]);
  });

  it('are free again, and their slot fired, when whoever locked them was killed', async () => {
    const scheduleId = await world.create();
    await node().schedule();
    const { name } = await only();
    // As it was left: Agenda moves the time before it calls the handler.
    await place.write(name, { nextRunAt: new Date('2036-03-03T00:00:00Z'), lockedAt: new Date() });
    world.moveTo('2036-03-02T00:00:03Z');
    await settled(scheduleId, '2036-03-02T00:00Z'); // nobody waits for the lock
    expect(node().watchdogWakes).toContain(scheduleId);
    await place.write(name, { lockedAt: new Date(Date.now() - LOCK_LIFETIME_MS - 1_000) });
    await unlocked(name);
  });

  it('reach another process as a ring for a run at once', async () => {
    const rung = Promise.withResolvers<string>();
    await other?.store.whenOpen((agenda) => {
      agenda.define<{ runId: string }>('run: plan', ({ attrs }) => rung.resolve(attrs.data.runId));
    });
    await node().deps.queue.enqueuePlan(SCHEDULE_ID);
    expect(await rung.promise).toBe(SCHEDULE_ID);
    expect(node().failures).toEqual([]);
  });

  it('are there for a schedule that was made through another process', async () => {
    const made = scheduleOf(
      await createScheduleFrom(world.deps, { input: { name: 'new', frequency: 'DAILY', hour: 1, minute: 2 }, actor: 'test' }),
    );
    await other?.schedule();
    expect(await only()).toMatchObject({ scheduleId: made.scheduleId, cron: '2 1 * * *' });
  });

  const settled = (scheduleId: string, slot: string): Promise<void> =>
    until(async () => (await world.ledger(scheduleId)).some((line) => line.startsWith(slot)));
  const unlocked = (name: string): Promise<void> =>
    until(async () => (await place.jobs()).every((job) => job.name !== name || job.lockedAt === null));
  const waiting = (sessions: number): Promise<void> => lockWaiters(world.pool, sessions);
});
