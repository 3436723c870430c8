import { describe, expect, it } from '@jest/globals';
import {
  changeScheduleBy,
  deleteScheduleNow,
  pauseScheduleBecause,
  resumeScheduleNow,
} from '../../src/application/schedules/edit-schedules.js';
import { createScheduleWorld, scheduleOf } from '../support/schedule-world.js';

// Daily at 09:00 in Seoul is midnight UTC.
const CREATED = '2026-03-01T01:00:00Z';
const actor = 'operator';

describe('an edit just after the due minute, before anybody rang,', () => {
  const justAfter = '2026-03-02T00:00:00.500Z';

  it('lets the slot fire with the settings it was due under, and then applies', async () => {
    await using world = await createScheduleWorld(CREATED);
    const scheduleId = await world.create({ overlap: 'ALLOW' });
    world.moveTo(justAfter);
    const after = scheduleOf(await changeScheduleBy(world.deps, { scheduleId, actor }, { hour: 11, timeZone: 'Europe/Berlin' }));
    expect(await world.ledger(scheduleId)).toEqual(['2026-03-02T00:00Z fired']);
    expect(after).toMatchObject({ lastSlot: '2026-03-02T00:00:00.000Z', settings: { hour: 11 } });
    world.moveTo('2026-03-02T23:59:59Z');
    await world.wake(scheduleId);
    expect(await world.ledger(scheduleId)).toEqual(['2026-03-02T00:00Z fired', '2026-03-02T10:00Z fired late']);
  });

  it('that pauses it does not lose the slot', async () => {
    await using world = await createScheduleWorld(CREATED);
    const scheduleId = await world.create();
    world.moveTo(justAfter);
    expect(scheduleOf(await pauseScheduleBecause(world.deps, { scheduleId, actor }, 'holidays')).status).toBe('PAUSED');
    expect(await world.ledger(scheduleId)).toEqual(['2026-03-02T00:00Z fired']);
  });

  it('that deletes it does not lose the slot', async () => {
    await using world = await createScheduleWorld(CREATED);
    const scheduleId = await world.create();
    world.moveTo(justAfter);
    expect(scheduleOf(await deleteScheduleNow(world.deps, { scheduleId, actor })).status).toBe('DELETED');
    expect(await world.ledger(scheduleId)).toEqual(['2026-03-02T00:00Z fired']);
  });

  it('that is refused has still settled the slot, and only once', async () => {
    await using world = await createScheduleWorld(CREATED);
    const scheduleId = await world.create();
    world.moveTo(justAfter);
    const answer = await changeScheduleBy(world.deps, { scheduleId, actor, expectedVersion: 7 }, { hour: 11 });
    expect(answer).toMatchObject({ status: 'rejected', code: 'VERSION_CONFLICT' });
    expect(await world.wake(scheduleId)).toEqual([]);
    expect(await world.ledger(scheduleId)).toEqual(['2026-03-02T00:00Z fired']);
  });
});

describe('the past', () => {
  it('is not fired by a schedule that is created, however often it is rung', async () => {
    await using world = await createScheduleWorld('2026-03-02T00:00:00.000Z');
    const scheduleId = await world.create();
    for (const time of ['2026-03-02T00:00:00.000Z', '2026-03-02T00:00:01Z', '2026-03-02T23:59:59Z']) {
      world.moveTo(time);
      expect(await world.wake(scheduleId)).toEqual([]);
    }
    expect(await world.ledger(scheduleId)).toEqual([]);
  });

  it('is not fired by a change to an earlier time of the same day', async () => {
    await using world = await createScheduleWorld(CREATED);
    const scheduleId = await world.create();
    world.moveTo('2026-03-01T23:30:00Z'); // 08:30 in Seoul
    scheduleOf(await changeScheduleBy(world.deps, { scheduleId, actor }, { hour: 8 }));
    expect(await world.wake(scheduleId)).toEqual([]);
    world.moveTo('2026-03-02T23:00:00Z');
    await world.wake(scheduleId);
    expect(await world.ledger(scheduleId)).toEqual(['2026-03-02T23:00Z fired']);
  });

  it('fires once more after a change to a later time of a day that has fired, and never the time before', async () => {
    await using world = await createScheduleWorld(CREATED);
    const scheduleId = await world.create({ overlap: 'ALLOW' });
    world.moveTo('2026-03-02T00:00:01Z');
    await world.wake(scheduleId);
    scheduleOf(await changeScheduleBy(world.deps, { scheduleId, actor }, { hour: 10 }));
    scheduleOf(await changeScheduleBy(world.deps, { scheduleId, actor }, { hour: 9 }));
    scheduleOf(await changeScheduleBy(world.deps, { scheduleId, actor }, { hour: 10 }));
    world.moveTo('2026-03-02T01:00:01Z');
    await world.wake(scheduleId);
    expect(await world.ledger(scheduleId)).toEqual(['2026-03-02T00:00Z fired', '2026-03-02T01:00Z fired']);
  });

  it('of a pause is nobody’s, also with a catch-up policy that would make up for everything', async () => {
    await using world = await createScheduleWorld(CREATED);
    const scheduleId = await world.create({ catchUp: { policy: 'ALL', windowHours: 720 } });
    scheduleOf(await pauseScheduleBecause(world.deps, { scheduleId, actor }, 'holidays'));
    world.moveTo('2026-03-05T01:00:00Z');
    expect(await world.wake(scheduleId)).toEqual([]);
    scheduleOf(await resumeScheduleNow(world.deps, { scheduleId, actor }));
    expect(await world.wake(scheduleId)).toEqual([]);
    world.moveTo('2026-03-06T00:00:00Z');
    await world.wake(scheduleId);
    expect(await world.ledger(scheduleId)).toEqual(['2026-03-06T00:00Z fired']);
  });

  it('before a change that came during an outage is made up for by the policy from before it', async () => {
    await using world = await createScheduleWorld(CREATED);
    const scheduleId = await world.create({ catchUp: { policy: 'SKIP' } });
    world.moveTo('2026-03-04T01:00:00Z');
    scheduleOf(await changeScheduleBy(world.deps, { scheduleId, actor }, { catchUp: { policy: 'ALL', windowHours: 720 } }));
    await world.wake(scheduleId);
    expect(await world.ledger(scheduleId)).toEqual([
      '2026-03-02T00:00Z CATCH_UP_SKIPPED',
      '2026-03-03T00:00Z CATCH_UP_SKIPPED',
      '2026-03-04T00:00Z CATCH_UP_SKIPPED',
    ]);
  });
});
