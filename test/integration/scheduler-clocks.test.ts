import { describe, expect, it, jest } from '@jest/globals';
import { transactionOn } from '../../src/runtime/transaction.js';
import { createScheduleWorld } from '../support/schedule-world.js';

const HOUR_MS = 3_600_000;

describe('the clock of a node', () => {
  it.each([
    ['two hours ahead', 2 * HOUR_MS],
    ['two hours behind', -2 * HOUR_MS],
    ['a month behind', -720 * HOUR_MS],
  ])('may be %s: the database’s decides what is due, and what for', async (_, skewMs) => {
    await using world = await createScheduleWorld('2026-03-01T01:00:00Z');
    world.skewNode(skewMs);
    const scheduleId = await world.create();
    world.moveTo('2026-03-01T23:59:59.999Z');
    expect(await world.wake(scheduleId)).toEqual([]);
    world.moveTo('2026-03-02T00:00:00.000Z');
    expect(await world.wake(scheduleId)).toEqual([world.deps.idOf(scheduleId, '2026-03-02T00:00:00.000Z')]);
    expect(await world.ledger(scheduleId)).toEqual(['2026-03-02T00:00Z fired']);
    const { rows } = await world.pool.query('select record_date::text as date from batch.run_view where schedule_id = $1', [scheduleId]);
    expect(rows).toEqual([{ date: '2026-03-01' }]);
  });

  it('is not what a transaction reads its time from', async () => {
    await using world = await createScheduleWorld('2026-03-01T01:00:00Z');
    const real = Date.now();
    jest.useFakeTimers({
      now: real + 2 * HOUR_MS,
      doNotFake: [
        'setTimeout',
        'clearTimeout',
        'setImmediate',
        'nextTick',
        'performance',
        'hrtime',
        'queueMicrotask',
        'setInterval',
        'clearInterval',
        'clearImmediate',
      ],
    });
    try {
      const now = await transactionOn(world.pool)((tx) => tx.now());
      expect(Date.now() - real).toBeGreaterThanOrEqual(2 * HOUR_MS);
      expect(Math.abs(now.getTime() - real)).toBeLessThan(HOUR_MS);
    } finally {
      jest.useRealTimers();
    }
  });
});

describe('on the days when clocks change', () => {
  it.each([
    ['02:30', 'Europe/Berlin', '2026-03-28T12:00Z', ['2026-03-29T01:00Z', '2026-03-30T00:30Z'], 'a gap is fired at its end'],
    ['02:30', 'Europe/Berlin', '2026-10-24T12:00Z', ['2026-10-25T00:30Z', '2026-10-26T01:30Z'], 'what comes twice is fired the first time'],
    ['02:15', 'Australia/Lord_Howe', '2026-10-03T02:00Z', ['2026-10-03T15:30Z', '2026-10-04T15:15Z'], 'a gap may last half an hour'],
    ['01:45', 'Australia/Lord_Howe', '2026-04-04T02:00Z', ['2026-04-04T14:45Z', '2026-04-05T15:15Z'], 'half an hour may come twice'],
    ['02:30', 'Asia/Seoul', '2026-03-28T00:00Z', ['2026-03-28T17:30Z', '2026-03-29T17:30Z'], 'nothing changes where no clock does'],
  ])('%s in %s from %s is %j: %s', async (time, timeZone, from, slots) => {
    await using world = await createScheduleWorld(from);
    const [hour, minute] = time.split(':').map(Number);
    const scheduleId = await world.create({ hour, minute, timeZone, overlap: 'ALLOW' });
    const until = Date.parse(slots[1] ?? '') + HOUR_MS;
    // A ring every ten minutes, each of them on time, as a watchdog's would be.
    for (let at = Date.parse(from); at <= until; at += HOUR_MS / 6) {
      world.moveTo(new Date(at).toISOString());
      await world.wake(scheduleId);
    }
    expect(await world.ledger(scheduleId)).toEqual(slots.map((slot) => `${slot} fired`));
  });
});
