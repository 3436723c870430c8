import { describe, expect, it } from '@jest/globals';
import { createScheduleWorld } from '../support/schedule-world.js';

const RUNS = `select program, record_date::text as date, slot from batch.run_view where schedule_id = $1 order by slot`;

describe('a schedule of program sleep', () => {
  it('asks for runs over the records of the slot’s own day, also when it fires late', async () => {
    // 09:00 in Seoul is midnight UTC; nobody rings until the afternoon of the third day.
    await using world = await createScheduleWorld('2026-03-01T01:00:00Z');
    const scheduleId = await world.create({ program: 'sleep', catchUp: { policy: 'ALL', windowHours: 720 } });
    world.moveTo('2026-03-04T05:00:00Z');
    await world.wake(scheduleId);
    const { rows } = await world.pool.query<{ program: string; date: string }>(RUNS, [scheduleId]);
    expect(rows.map(({ program, date }) => `${program} ${date}`)).toEqual(['sleep 2026-03-02', 'sleep 2026-03-03', 'sleep 2026-03-04']);
  });

  it('runs beside one of program daily at the same time, each for its own date', async () => {
    await using world = await createScheduleWorld('2026-03-01T01:00:00Z');
    const ids = [await world.create(), await world.create({ name: 'sleep', program: 'sleep' })];
    world.moveTo('2026-03-02T00:00:05Z');
    const fired: string[] = [];
    for (const id of ids) for (const runId of await world.wake(id)) fired.push(await world.plan(runId));
    expect(fired).toEqual(['COMPLETED', 'COMPLETED']);
    const { rows } = await world.pool.query('select program, record_date::text as date from batch.run_view order by program');
    expect(rows).toEqual([{ program: 'daily', date: '2026-03-01' }, { program: 'sleep', date: '2026-03-02' }]); // prettier-ignore
  });
});
