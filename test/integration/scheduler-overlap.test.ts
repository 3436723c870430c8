import { describe, expect, it } from '@jest/globals';
import { pauseRun } from '../../src/application/run/pause-run.js';
import { PostgresLaneStore } from '../../src/store/lane-store.js';
import { createScheduleWorld, type ScheduleWorld } from '../support/schedule-world.js';

// Every five minutes; the run of the first slot is still going on when the second and the third come due.
const FIVE_MINUTES = { frequency: 'CRON', cron: '*/5 * * * *' } as const;

async function threeSlots(world: ScheduleWorld, overlap: string) {
  const scheduleId = await world.create({ ...FIVE_MINUTES, overlap });
  const runIds: string[] = [];
  for (const minute of ['05', '10', '15']) {
    world.moveTo(`2026-03-01T00:${minute}:01Z`);
    runIds.push(...(await world.wake(scheduleId)));
  }
  return { scheduleId, runIds };
}

describe('a slot whose schedule has a run that has not ended', () => {
  it('with SKIP gives way and says so, until the run has ended', async () => {
    await using world = await createScheduleWorld('2026-03-01T00:00:00Z');
    const { scheduleId, runIds } = await threeSlots(world, 'SKIP');
    expect(await world.ledger(scheduleId)).toEqual(['2026-03-01T00:05Z fired', '2026-03-01T00:10Z OVERLAP', '2026-03-01T00:15Z OVERLAP']);
    expect(await world.plan(runIds[0] ?? '')).toBe('COMPLETED');
    world.moveTo('2026-03-01T00:20:01Z');
    await world.wake(scheduleId);
    expect((await world.ledger(scheduleId)).at(-1)).toBe('2026-03-01T00:20Z fired');
  });

  it('with QUEUE fires, and its run is planned when the earlier one has ended, and not before', async () => {
    await using world = await createScheduleWorld('2026-03-01T00:00:00Z');
    const { scheduleId, runIds } = await threeSlots(world, 'QUEUE');
    expect(await world.ledger(scheduleId)).toEqual(['2026-03-01T00:05Z fired', '2026-03-01T00:10Z fired', '2026-03-01T00:15Z fired']);
    const [first = '', second = '', third = ''] = runIds;
    expect([await world.plan(third), await world.plan(second)]).toEqual(['REQUESTED', 'REQUESTED']);
    expect(await world.plan(first)).toBe('COMPLETED');
    expect(await world.plan(third)).toBe('REQUESTED');
    expect([await world.plan(second), await world.plan(third)]).toEqual(['COMPLETED', 'COMPLETED']);
  });

  it('with QUEUE leaves runs that wait to no worker: only the first is told of as one that no process works on', async () => {
    await using world = await createScheduleWorld('2026-03-01T00:00:00Z');
    const [first = ''] = (await threeSlots(world, 'QUEUE')).runIds;
    const lanes = new PostgresLaneStore(world.pool);
    await world.pool.query(`update batch.run_view set requested_at = requested_at - interval '1 minute'`); // no worker came since
    expect(await lanes.stranded()).toEqual([first]);
    await pauseRun(world.deps, first, { cause: 'OPERATOR', reason: 'a test' }, 'test');
    expect(await lanes.stranded()).toEqual([]);
  });

  it('with QUEUE is rung for by the end of the run that it waited for', async () => {
    await using world = await createScheduleWorld('2026-03-01T00:00:00Z');
    const rung: string[] = [];
    const queue = { ...world.deps.queue, enqueuePlan: (runId: string) => Promise.resolve(void rung.push(runId)) };
    const { runIds } = await threeSlots(Object.assign(world, { deps: Object.assign(world.deps, { queue }) }), 'QUEUE');
    rung.length = 0;
    await world.plan(runIds[0] ?? '');
    expect(rung).toEqual(runIds.slice(1));
  });

  it('with ALLOW fires, and its run waits for nobody', async () => {
    await using world = await createScheduleWorld('2026-03-01T00:00:00Z');
    const { scheduleId, runIds } = await threeSlots(world, 'ALLOW');
    expect(await world.ledger(scheduleId)).toEqual(['2026-03-01T00:05Z fired', '2026-03-01T00:10Z fired', '2026-03-01T00:15Z fired']);
    for (const runId of runIds.toReversed()) expect(await world.plan(runId)).toBe('COMPLETED');
  });
});
