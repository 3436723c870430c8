import { oracleSlots } from '../../domain/slots/oracle.js';
import { createScheduleWorld } from '../../support/schedule-world.js';
import { sceneOf, type Fault } from '../fault.js';

const [MINUTE_MS, HOUR_MS] = [60_000, 3_600_000];
/** Up to here a slot is on time, whatever the policy. */
const ON_TIME_MS = 5 * MINUTE_MS;
const OFF_MS = 72 * HOUR_MS;

/** 22: nobody rings for three days; what is made up for then is what the policy says. */
export const DAYS_OFF: Fault = {
  id: '22',
  what: '3 days off, each catch-up policy',
  promise: 'invariant 5; exactly the slots of the policy fire',
  open: () =>
    Promise.resolve(
      sceneOf({ end: () => Promise.resolve() }, async (draws) => {
        const created = Date.UTC(2026, draws.below(12), draws.between(1, 28), draws.below(24), draws.below(60), 30);
        await using world = await createScheduleWorld(new Date(created).toISOString());
        const policy = draws.pick(['SKIP', 'LATEST', 'ALL']);
        const windowHours = draws.between(1, 100);
        const [everyHours, minute] = [draws.pick([1, 2, 6, 12]), draws.below(60)];
        const timeZone = draws.pick(['Asia/Seoul', 'Europe/Berlin', 'Australia/Lord_Howe', 'America/New_York']);
        const input = {
          frequency: 'CRON',
          cron: `${minute} */${everyHours} * * *`,
          timeZone,
          overlap: 'ALLOW',
          catchUp: { policy, windowHours },
        };
        const scheduleId = await world.create(input);
        const back = created + OFF_MS + draws.below(3_600) * 1_000;
        world.moveTo(new Date(back).toISOString());
        await world.wake(scheduleId);
        const due = { day: () => true, time: (atHour: number, atMinute: number) => atHour % everyHours === 0 && atMinute === minute };
        const missed = oracleSlots(timeZone, due, Math.floor(created / MINUTE_MS) * MINUTE_MS, Math.floor(back / MINUTE_MS) * MINUTE_MS);
        const isDue = (slot: number, at: number): boolean => {
          if (back - slot <= ON_TIME_MS) return true;
          if (policy === 'SKIP' || back - slot > windowHours * HOUR_MS) return false;
          return policy === 'ALL' || at === missed.length - 1;
        };
        const wanted = new Set(missed.filter(isDue));
        const text = 'select slot from batch.slot where schedule_id = $1 and fired order by slot';
        const fired = (await world.pool.query<{ slot: Date }>(text, [scheduleId])).rows.map(({ slot }) => slot.getTime());
        const [lost, doubled] = [
          [...wanted].filter((slot) => !fired.includes(slot)).length,
          fired.filter((slot) => !wanted.has(slot)).length,
        ];
        return { bites: missed.length, lost, doubled, broken: [] };
      }),
    ),
};
