import { describe, expect, it } from '@jest/globals';
import { changeScheduleBy, pauseScheduleBecause, resumeScheduleNow } from '../../src/application/schedules/edit-schedules.js';
import { compareViews } from '../../src/projections/rebuild/rebuild-views.js';
import { createScheduleWorld, scheduleOf, type ScheduleWorld } from '../support/schedule-world.js';

// Daily at 09:00 in Seoul is midnight UTC. The database's clock is three days ahead for a moment on the evening of 1 March, and then right again.
const [EVENING, AHEAD, AGAIN] = ['2026-03-01T12:00:00Z', '2026-03-04T12:00:00Z', '2026-03-01T12:00:30Z'];

/** Rings at each of the next midnights by the clock that is right. */
async function nights(world: ScheduleWorld, scheduleId: string): Promise<void> {
  for (const day of [2, 3, 4, 5]) {
    world.moveTo(`2026-03-0${day}T00:00:10Z`);
    for (const runId of await world.wake(scheduleId)) await world.plan(runId);
  }
}

const FIRED = ['2026-03-02T00:00Z fired', '2026-03-03T00:00Z fired', '2026-03-04T00:00Z fired', '2026-03-05T00:00Z fired'];

// Closing a world checks invariant 5 over all that happened in it.
describe('when the database’s clock jumps ahead and comes back', () => {
  it.each(['LATEST', 'ALL', 'SKIP'])('no night is lost, whatever was recorded of it before its time, with %s', async (policy) => {
    await using world = await createScheduleWorld(EVENING);
    const scheduleId = await world.create({ catchUp: { policy, ...(policy !== 'SKIP' && { windowHours: 720 }) } });
    world.moveTo(AHEAD);
    await world.wake(scheduleId);
    expect((await world.ledger(scheduleId)).length).toBe(3);
    world.moveTo(AGAIN);
    await world.wake(scheduleId);
    expect(await world.ledger(scheduleId)).toEqual([]);
    await nights(world, scheduleId);
    expect(await world.ledger(scheduleId)).toEqual(FIRED);
    expect((await compareViews(world.pool)).differences).toEqual([]);
  });

  it('the runs of slots that are still to come are cancelled with the reason, and each slot has a run of its own at its time', async () => {
    await using world = await createScheduleWorld(EVENING);
    const scheduleId = await world.create({ catchUp: { policy: 'ALL', windowHours: 720 } });
    world.moveTo(AHEAD);
    const early = await world.wake(scheduleId);
    world.moveTo(AGAIN);
    await world.wake(scheduleId);
    const text = `select count(*)::int as n, min(data->>'reason') as reason from batch.event where type = 'RunCancelRequested' and run_id = any($1)`;
    expect((await world.pool.query(text, [early])).rows).toEqual([{ n: 3, reason: expect.stringContaining('clock') }]);
    await nights(world, scheduleId);
    const { rows } = await world.pool.query(
      'select record_date::text as date, status from batch.run_view where schedule_id = $1 and not (run_id = any($2)) order by 1',
      [scheduleId, early],
    );
    expect(rows).toEqual(['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04'].map((date) => ({ date, status: 'COMPLETED' })));
  });

  it('it is said in the schedule’s own history, once', async () => {
    await using world = await createScheduleWorld(EVENING);
    const scheduleId = await world.create();
    world.moveTo(AHEAD);
    await world.wake(scheduleId);
    world.moveTo(AGAIN);
    await world.wake(scheduleId);
    await world.wake(scheduleId);
    const { rows } = await world.pool.query(`select data from batch.event where type = 'SlotsReopened'`);
    expect(rows).toEqual([
      { data: { after: '2026-03-01T12:00:30.000Z', lastSlot: null, lastFiredSlot: null, lastRunId: null, entries: 3 } },
    ]);
  });

  it('what was recorded before the jump stays, and counts once', async () => {
    await using world = await createScheduleWorld('2026-02-27T12:00:00Z');
    const scheduleId = await world.create();
    for (const time of ['2026-02-28T00:00:10Z', '2026-03-01T00:00:10Z', AHEAD, AGAIN]) {
      world.moveTo(time);
      for (const runId of await world.wake(scheduleId)) await world.plan(runId);
    }
    await nights(world, scheduleId);
    expect(await world.ledger(scheduleId)).toEqual(['2026-02-28T00:00Z fired', '2026-03-01T00:00Z fired', ...FIRED]);
  });

  it.each([
    [
      'changed',
      (world: ScheduleWorld, scheduleId: string) => changeScheduleBy(world.deps, { scheduleId, actor: 'test' }, { name: 'other' }),
    ],
    [
      'paused',
      (world: ScheduleWorld, scheduleId: string) => pauseScheduleBecause(world.deps, { scheduleId, actor: 'test' }, 'maintenance'),
    ],
  ])('a schedule that was %s meanwhile goes on by the clock that is right', async (_, edit) => {
    await using world = await createScheduleWorld(EVENING);
    const scheduleId = await world.create();
    world.moveTo(AHEAD);
    const { status } = scheduleOf(await edit(world, scheduleId));
    world.moveTo(AGAIN);
    if (status === 'PAUSED') scheduleOf(await resumeScheduleNow(world.deps, { scheduleId, actor: 'test' }));
    await nights(world, scheduleId);
    expect(await world.ledger(scheduleId)).toEqual(FIRED);
  });

  it('a schedule that was made meanwhile begins by the clock that is right', async () => {
    await using world = await createScheduleWorld(AHEAD);
    const scheduleId = await world.create();
    world.moveTo(AGAIN);
    await world.wake(scheduleId);
    await nights(world, scheduleId);
    expect(await world.ledger(scheduleId)).toEqual(FIRED);
  });

  it('a range that was skipped across the present is taken back, and what of it is past is decided anew', async () => {
    await using world = await createScheduleWorld('2026-03-01T12:00:30Z');
    const input = { frequency: 'CRON', cron: '* * * * *', catchUp: { policy: 'LATEST', windowHours: 1 }, overlap: 'ALLOW' };
    const scheduleId = await world.create(input);
    world.moveTo(AHEAD);
    await world.wake(scheduleId);
    expect((await world.ledger(scheduleId))[0]).toContain('2026-03-01T12:01Z to ');
    world.moveTo('2026-03-01T12:03:10Z');
    await world.wake(scheduleId);
    expect(await world.ledger(scheduleId)).toEqual(['12:01', '12:02', '12:03'].map((time) => `2026-03-01T${time}Z fired`));
  });

  it('nothing is taken back when a clock is set back by seconds', async () => {
    await using world = await createScheduleWorld('2026-03-01T23:59:00Z');
    const scheduleId = await world.create();
    world.moveTo('2026-03-02T00:00:01Z');
    await world.wake(scheduleId);
    world.moveTo('2026-03-01T23:59:57Z');
    expect(await world.wake(scheduleId)).toEqual([]);
    world.moveTo('2026-03-02T00:00:05Z');
    expect(await world.wake(scheduleId)).toEqual([]);
    expect(await world.ledger(scheduleId)).toEqual(['2026-03-02T00:00Z fired']);
  });
});
