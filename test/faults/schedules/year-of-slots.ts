import { slotsBetween } from '../../../src/domain/slots/slots.js';
import { CADENCES, cadence } from '../../domain/slots/cadences.js';
import { oracleSlots } from '../../domain/slots/oracle.js';
import { createScheduleWorld } from '../../support/schedule-world.js';
import type { Draws } from '../draws.js';
import { sceneOf, type Fault } from '../fault.js';

const DAY_MS = 86_400_000;
const ZONES = [
  'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Casablanca', 'Pacific/Chatham', 'America/Santiago', 'America/Nuuk',
  'Antarctica/Troll', 'Asia/Gaza',
] as const; // prettier-ignore

/** 21: clocks go forward and back; every slot of a year is held against a scan of its every minute. */
export const YEAR_OF_SLOTS: Fault = {
  id: '21',
  what: 'daylight saving in 9 zones, a year of slots against an independent oracle',
  promise: 'invariant 5',
  open: () =>
    Promise.resolve(
      sceneOf({ end: () => Promise.resolve() }, async (draws) => {
        const timeZone = ZONES[draws.seed % ZONES.length] ?? 'UTC';
        const after = Date.UTC(draws.between(2022, 2027), 0, 1);
        const until = after + 365 * DAY_MS;
        const rules = { lost: 0, doubled: 0 };
        for (const [, different, due] of CADENCES) {
          const found = slotsBetween(cadence({ ...different, timeZone }), new Date(after), new Date(until), Infinity).map(Number);
          add(rules, compare(found, oracleSlots(timeZone, due, after, until)));
        }
        add(rules, await ledgerOfYear(draws, { timeZone, after, until }));
        return { bites: changesOf(timeZone, after, until), ...rules, broken: [] };
      }),
    ),
};

interface Difference {
  lost: number;
  doubled: number;
}

function add(to: Difference, { lost, doubled }: Difference): void {
  to.lost += lost;
  to.doubled += doubled;
}

/** `doubled` are slots that the oracle has not, or has once. */
function compare(found: readonly number[], expected: readonly number[]): Difference {
  const [seen, wanted] = [new Set(found), new Set(expected)];
  return {
    lost: expected.filter((slot) => !seen.has(slot)).length,
    doubled: found.length - found.filter((slot, at) => wanted.has(slot) && found.indexOf(slot) === at).length,
  };
}

/** What the real engine records of a year, rung for only now and then. Closing the world checks invariant 5 as well. */
async function ledgerOfYear(
  draws: Draws,
  { timeZone, after, until }: { timeZone: string; after: number; until: number },
): Promise<Difference> {
  await using world = await createScheduleWorld(new Date(after).toISOString());
  const [hour, minute] = [draws.below(4), draws.pick([0, 15, 30])];
  const scheduleId = await world.create({
    frequency: 'DAILY',
    hour,
    minute,
    timeZone,
    overlap: 'ALLOW',
    catchUp: { policy: 'ALL', windowHours: 720 },
  });
  for (let now = after; now < until;) {
    now = Math.min(until, now + draws.between(1, 20) * DAY_MS);
    world.moveTo(new Date(now).toISOString());
    // Its runs end in the order in which they wait, as they do where somebody works: a schedule has a hundred that are open at most.
    for (const runId of (await world.wake(scheduleId)).toSorted()) await world.plan(runId);
  }
  const due = { day: () => true, time: (atHour: number, atMinute: number) => atHour === hour && atMinute === minute };
  const { rows } = await world.pool.query<{ slot: Date }>('select slot from batch.slot where schedule_id = $1 and fired order by slot', [
    scheduleId,
  ]);
  return compare(rows.map(({ slot }) => slot.getTime()), oracleSlots(timeZone, due, after, until)); // prettier-ignore
}

/** How often the clocks of a zone change. */
function changesOf(timeZone: string, after: number, until: number): number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const offset = (at: number): string => format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  let changes = 0;
  for (let day = after; day < until; day += DAY_MS) changes += Number(offset(day) !== offset(day + DAY_MS));
  return changes;
}
