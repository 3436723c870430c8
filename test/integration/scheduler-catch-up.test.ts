import { describe, expect, it } from '@jest/globals';
import { pauseScheduleBecause } from '../../src/application/schedules/edit-schedules.js';
import { fireDueSlots } from '../../src/application/schedules/fire-due-slots.js';
import { createScheduleWorld, type ScheduleWorld } from '../support/schedule-world.js';

// Daily at 09:00 in Seoul is midnight UTC. Nobody rings from 2 March, just after the slot, until 5 March, an hour after the slot.
const [BEFORE, SINCE, BACK] = ['2026-03-01T01:00:00Z', '2026-03-02T00:00:30Z', '2026-03-05T01:00:00Z'];

describe('after three days off', () => {
  it.each([
    ['SKIP, none is made up for', { policy: 'SKIP' }, ['CATCH_UP_SKIPPED', 'CATCH_UP_SKIPPED', 'CATCH_UP_SKIPPED']],
    ['LATEST within 24 hours, only the last is', { policy: 'LATEST', windowHours: 24 }, ['OUTSIDE_WINDOW', 'OUTSIDE_WINDOW', 'fired late']],
    [
      'LATEST within 48 hours, still only the last is',
      { policy: 'LATEST', windowHours: 48 },
      ['OUTSIDE_WINDOW', 'SUPERSEDED_BY_LATER', 'fired late'],
    ],
    ['ALL within 48 hours, those in it are', { policy: 'ALL', windowHours: 48 }, ['OUTSIDE_WINDOW', 'fired late', 'fired late']],
    ['ALL within 30 days, each is', { policy: 'ALL', windowHours: 720 }, ['fired late', 'fired late', 'fired late']],
  ])('with %s', async (_, catchUp, expected) => {
    await using world = await createScheduleWorld(BEFORE);
    const scheduleId = await world.create({ catchUp });
    world.moveTo(SINCE);
    for (const runId of await world.wake(scheduleId)) await world.plan(runId);
    world.moveTo(BACK);
    await world.wake(scheduleId);
    expect(await world.ledger(scheduleId)).toEqual([
      '2026-03-02T00:00Z fired',
      ...expected.map((fate, day) => `2026-03-0${day + 3}T00:00Z ${fate}`),
    ]);
  });

  it('the runs of ALL are for the days of their slots, and each is worked off', async () => {
    await using world = await createScheduleWorld(BEFORE);
    const scheduleId = await world.create({ catchUp: { policy: 'ALL', windowHours: 720 } });
    world.moveTo(BACK);
    const runIds = await world.wake(scheduleId);
    const { rows } = await world.pool.query(
      'select record_date::text as date, waits from batch.run_view where schedule_id = $1 order by slot',
      [scheduleId],
    );
    expect(rows).toEqual([
      { date: '2026-03-01', waits: false },
      { date: '2026-03-02', waits: true },
      { date: '2026-03-03', waits: true },
      { date: '2026-03-04', waits: true },
    ]);
    // Planning a run without users ends it. Whatever the order, each look lets one more through: no two wait for each other.
    const ended = new Set<string>();
    for (let look = 0; look < runIds.length; look += 1) {
      for (const runId of runIds) if ((await world.plan(runId)) === 'COMPLETED') ended.add(runId);
    }
    expect(ended).toEqual(new Set(runIds));
  });

  it('a schedule of every minute is accounted for to the minute, the older part as ranges', async () => {
    await using world = await createScheduleWorld('2026-03-02T00:00:30Z');
    const scheduleId = await world.create({ frequency: 'CRON', cron: '* * * * *', catchUp: { policy: 'ALL', windowHours: 24 } });
    world.moveTo('2026-03-05T00:00:30Z');
    await world.wake(scheduleId);
    const ledger = await world.ledger(scheduleId);
    expect(ledger.slice(0, 2)).toEqual([
      '2026-03-02T00:01Z to 2026-03-04T00:00Z 2880 OUTSIDE_WINDOW',
      '2026-03-04T00:01Z to 2026-03-04T07:20Z 440 TOO_MANY',
    ]);
    expect(ledger).toHaveLength(2 + 1_000);
    // Not a thousand runs at once, but the hundred latest, one after the other.
    expect(ledger.filter((line) => line.includes('fired'))).toHaveLength(100);
    expect(ledger.slice(2, 2 + 895).every((line) => line.endsWith('TOO_MANY'))).toBe(true);
    world.moveTo('2026-03-05T00:01:30Z');
    expect(await world.wake(scheduleId)).toEqual([]);
    expect((await world.ledger(scheduleId)).at(-1)).toBe('2026-03-05T00:01Z OVERLAP');
  });

  it('it makes no difference whether the bell rang once or for each minute of the last hour', async () => {
    await using world = await createScheduleWorld(BEFORE);
    const scheduleId = await world.create();
    world.moveTo(BACK);
    const first = await world.wake(scheduleId);
    for (let minute = 1; minute < 60; minute += 1) {
      world.moveTo(`2026-03-05T01:${String(minute).padStart(2, '0')}:00Z`);
      expect(await world.wake(scheduleId)).toEqual([]);
    }
    expect(first).toHaveLength(1);
  });
});

describe('a slot that fires late', () => {
  it('is on time up to five minutes, and then a misfire', async () => {
    await using world = await createScheduleWorld(BEFORE);
    const [prompt, late] = [await world.create({ catchUp: { policy: 'SKIP' } }), await world.create({ catchUp: { policy: 'SKIP' } })];
    world.moveTo('2026-03-02T00:05:00.000Z');
    await world.wake(prompt);
    world.moveTo('2026-03-02T00:05:00.001Z');
    await world.wake(late);
    expect([await world.ledger(prompt), await world.ledger(late)]).toEqual([
      ['2026-03-02T00:00Z fired'],
      ['2026-03-02T00:00Z CATCH_UP_SKIPPED'],
    ]);
  });

  it('makes the run that its slot always makes, by id and by record date', async () => {
    await using world = await createScheduleWorld(BEFORE);
    const scheduleId = await world.create();
    world.moveTo('2026-03-02T16:30:00Z'); // the next day in Seoul
    const runIds = await world.wake(scheduleId);
    const { rows } = await world.pool.query(
      'select run_id as "runId", record_date::text as "recordDate", trigger, slot from batch.run_view where schedule_id = $1',
      [scheduleId],
    );
    const slot = '2026-03-02T00:00:00.000Z';
    expect(rows).toEqual([
      { runId: world.deps.idOf(scheduleId, slot), recordDate: '2026-03-01', trigger: 'SCHEDULE', slot: new Date(slot) },
    ]);
    expect(runIds).toEqual([world.deps.idOf(scheduleId, slot)]);
  });
});

describe('a schedule whose generator a process has not got', () => {
  it.each<[string, (deps: ScheduleWorld['deps'], scheduleId: string) => Promise<unknown>]>([
    ['a command that pauses it', (deps, scheduleId) => pauseScheduleBecause(deps, { scheduleId, actor: 'test' }, 'a look')],
    ['a scheduler of before', (deps, scheduleId) => fireDueSlots(deps, scheduleId)],
  ])('has its missed slot made up for all the same by %s: the run waits for a worker that has it', async (_, settle) => {
    await using world = await createScheduleWorld(BEFORE);
    const scheduleId = await world.create({ generator: 'RULES', catchUp: { policy: 'LATEST', windowHours: 24 } });
    world.moveTo(BACK);
    await settle({ ...world.deps, generators: new Map() }, scheduleId);
    expect((await world.ledger(scheduleId)).at(-1)).toBe('2026-03-05T00:00Z fired late');
    const { rows } = await world.pool.query('select generator, status from batch.run_view where schedule_id = $1', [scheduleId]);
    expect(rows).toEqual([{ generator: 'RULES', status: 'REQUESTED' }]);
  });
});
