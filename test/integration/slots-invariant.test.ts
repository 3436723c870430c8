import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { changeScheduleBy, pauseScheduleBecause, resumeScheduleNow } from '../../src/application/schedules/edit-schedules.js';
import { checkSlots } from '../../src/doctor/slots-invariant.js';
import { createScheduleWorld, type ScheduleWorld } from '../support/schedule-world.js';

const MINUTELY = { frequency: 'CRON', cron: '* * * * *', overlap: 'ALLOW' } as const;
const actor = 'operator';

let world: ScheduleWorld;
let scheduleId: string;

/** A schedule of every minute with some history: fired slots, a skipped range, a pause, a change of cadence. */
beforeEach(async () => {
  world = await createScheduleWorld('2026-03-01T00:00:00Z');
  scheduleId = await world.create({ ...MINUTELY, catchUp: { policy: 'SKIP' } });
  for (const minute of ['01', '02', '03']) {
    world.moveTo(`2026-03-01T00:${minute}:10Z`);
    await world.wake(scheduleId);
  }
  world.moveTo('2026-03-02T00:00:10Z');
  await pauseScheduleBecause(world.deps, { scheduleId, actor }, 'holidays');
  world.moveTo('2026-03-03T00:00:10Z');
  await resumeScheduleNow(world.deps, { scheduleId, actor });
  world.moveTo('2026-03-03T00:04:10Z');
  await changeScheduleBy(world.deps, { scheduleId, actor }, { cron: '*/5 * * * *' });
  world.moveTo('2026-03-03T00:10:10Z');
  await world.wake(scheduleId);
});

// Closing checks invariant 5 as well, and here faults are planted.
afterEach(() => Promise.resolve(world[Symbol.asyncDispose]()).catch(() => undefined));

const faults = async (): Promise<string[]> => (await checkSlots(world.pool)).map(({ slot, fault }) => `${slot.slice(5, 16)} ${fault}`);

describe('the check of invariant 5', () => {
  it('finds nothing in a history with pauses, changes, ranges and slots of every fate', async () => {
    expect((await world.ledger(scheduleId)).length).toBeGreaterThan(1_000);
    expect(await faults()).toEqual([]);
  });

  it('does not ask for slots that are due and not settled yet: they are the scheduler’s next business', async () => {
    world.moveTo('2026-03-04T00:00:00Z');
    expect(await faults()).toEqual([]);
  });

  it.each([
    [
      'an entry that is gone',
      `delete from batch.slot where slot = '2026-03-01T00:02Z'`,
      ['03-01T00:02 NOT_IN_LEDGER', '03-01T00:02 RUN_WITHOUT_SLOT'],
    ],
    [
      'an entry for a reason that nobody gave',
      `update batch.slot set reason = 'OVERLAP' where slot = '2026-03-01T23:00Z'`,
      ['03-01T23:00 LEDGER_DIFFERS'],
    ],
    [
      'an entry that the log does not know',
      `insert into batch.slot (schedule_id, slot, fired, reason, misfire) select schedule_id, '2026-03-05T00:00Z', false, 'OVERLAP', false from batch.slot limit 1`,
      ['03-05T00:00 NOT_IN_LOG'],
    ],
    ['a fired slot without its run', `delete from batch.run_view where slot = '2026-03-01T00:03Z'`, ['03-01T00:03 FIRED_WITHOUT_RUN']],
    [
      'a run of a schedule that no slot asked for',
      `update batch.run_view set run_id = gen_random_uuid() where slot = '2026-03-01T00:03Z'`,
      ['03-01T00:03 FIRED_WITHOUT_RUN', '03-01T00:03 RUN_WITHOUT_SLOT'],
    ],
    [
      'an entry that is there twice, should the key be gone',
      `alter table batch.slot drop constraint slot_pkey; insert into batch.slot select * from batch.slot where slot = '2026-03-01T00:02Z'`,
      ['03-01T00:02 DOUBLED_IN_LEDGER'],
    ],
  ])('finds %s', async (_, damage, expected) => {
    await world.pool.query(damage);
    expect(await faults()).toEqual(expected);
  });

  it('finds slots that were lost, doubled or made up in the log itself', async () => {
    const [late, again, odd] = ['2026-03-03T00:30:00Z', '2026-03-03T00:05:00Z', '2026-03-03T00:33:00Z'];
    for (const slot of [late, again, odd]) await appendSkip(slot);
    expect(await faults()).toEqual(
      expect.arrayContaining(['03-03T00:15 LOST', '03-03T00:20 LOST', '03-03T00:25 LOST', '03-03T00:05 DOUBLED', '03-03T00:33 NOT_A_SLOT']),
    );
  });

  it('finds a slot of a schedule that was paused', async () => {
    await pauseScheduleBecause(world.deps, { scheduleId, actor }, 'holidays');
    await appendSkip('2026-03-03T00:15:00Z');
    expect(await faults()).toContain('03-03T00:15 NOT_ACTIVE');
  });

  it('finds a slot that an edit swallowed', async () => {
    const event = { type: 'SchedulePaused', data: { reason: null, effectiveAt: '2026-03-03T00:21:00.000Z' } };
    await append(event);
    expect(await faults()).toEqual(['03-03T00:15 LOST', '03-03T00:20 LOST']);
  });
});

async function append(event: { type: string; data: object }): Promise<void> {
  const stream = `schedule-${scheduleId}`;
  await world.pool.query(
    `select batch.append($1, (select max(version) from batch.event where stream = $1), '1970-01-01', null, 'test', $2, null, $3, '{null}', array[$4::jsonb])`,
    [stream, scheduleId, [event.type], JSON.stringify(event.data)],
  );
}

/** Writes a skipped slot into ledger and log, past every rule. */
async function appendSkip(slot: string): Promise<void> {
  await append({ type: 'SlotSkipped', data: { slot: new Date(slot).toISOString(), reason: 'OVERLAP' } });
  await world.pool.query(
    `insert into batch.slot (schedule_id, slot, fired, reason, misfire) values ($1, $2, false, 'OVERLAP', false) on conflict do nothing`,
    [scheduleId, slot],
  );
}
