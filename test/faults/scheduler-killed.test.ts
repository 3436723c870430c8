import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type pg from 'pg';
import type { Deps } from '../../src/application/ports.js';
import {
  changeScheduleBy,
  createScheduleFrom,
  pauseScheduleBecause,
  resumeScheduleNow,
} from '../../src/application/schedules/edit-schedules.js';
import { wantedJob } from '../../src/application/schedules/schedule-drift.js';
import type { ScheduleInput } from '../../src/domain/schedule/parse-schedule-input.js';
import { slotsBetween } from '../../src/domain/slots/slots.js';
import { checkSlots } from '../../src/doctor/slots-invariant.js';
import { killSteps } from './scheduler-kills.js';
import { createTestBatch, type TestBatch } from '../support/batch-fixture.js';
import { onClock } from '../support/fast-clock.js';
import { describeOnJobStores } from '../support/job-store-places.js';
import { MAX_OPEN_RUNS } from '../../src/domain/schedule/decide-slots.js';
import { scheduleOf } from '../support/schedule-world.js';
import { schedulerFleet, type SchedulerFleet } from '../support/scheduler-fleet.js';
import { startSchedulerProcess, type SchedulerProcessOptions } from '../support/scheduler-process.js';
import { until } from '../support/until.js';

const SEED = Number(process.env['SCHEDULER_KILLS_SEED'] ?? 5);
const PROCESSES = 3;
// Two minutes in a second. On Lord Howe Island the clocks go back half an hour at 15:00 UTC.
const [FACTOR, BASE, CALM] = [120, '2026-04-04T14:44:00.000Z', '2026-04-04T15:24:00.000Z'];
const KILLS = 8;
/** How long the last slots may be settled in, by the clock of the test: past the hour that comes twice. */
const LAST_MS = 6 * 60_000;
const BLACKOUT_MS = 8 * 60_000;

/** What the schedules ask for; the last one is changed, paused and resumed while processes die. */
const INPUTS: readonly ScheduleInput[] = [
  { name: 'each', cron: '* * * * *', overlap: 'ALLOW', catchUp: { policy: 'ALL', windowHours: 24 } },
  { name: 'latest', cron: '* * * * *', timeZone: 'Asia/Seoul' },
  { name: 'queued', cron: '*/5 * * * *', timeZone: 'Australia/Lord_Howe', overlap: 'QUEUE', catchUp: { policy: 'ALL', windowHours: 24 } },
  { name: 'rare', cron: '0,30 * * * *', timeZone: 'Australia/Lord_Howe', catchUp: { policy: 'SKIP' } },
  { name: 'edited', cron: '*/2 * * * *', overlap: 'ALLOW' },
];

describeOnJobStores('three processes, killed and started again at random', (openPlace) => {
  let batch: TestBatch;
  beforeEach(async () => {
    batch = await createTestBatch({ users: 0 });
    await batch.pool.query(`update batch.schedule_view set status = 'DELETED'`);
  });
  afterEach(() => batch.close());

  it(`record every slot once, lose none and double no run (seed ${SEED})`, async () => {
    await using place = await openPlace(batch.url);
    const clock = { base: BASE, since: new Date().toISOString(), factor: FACTOR };
    const { deps, now } = onClock(batch.deps, batch.pool, clock);
    const ids: string[] = [];
    for (const input of INPUTS)
      ids.push(scheduleOf(await createScheduleFrom(deps, { input: { frequency: 'CRON', ...input }, actor: 'test' })).scheduleId);
    await agendaRings({ url: batch.url, place, clock });
    // Patient enough for Agenda to ring first on a quiet machine: 90 s of this clock are 0.75 s.
    await using fleet = schedulerFleet(PROCESSES, { url: batch.url, place, clock, patienceMs: 90_000 });
    await fleet.startAll();

    const edits = editsOf(deps, ids.at(-1) ?? '');
    const isBefore = async (time: string | number): Promise<boolean> => (await now()) < new Date(time);
    for (const { afterSlots, victim, downSlots } of killSteps(SEED, PROCESSES)) {
      if (fleet.kills >= KILLS && !(await isBefore(CALM))) break;
      await recorded(batch.pool, fleet, afterSlots);
      if (victim === 'ALL') {
        for (let number = 0; number < PROCESSES; number += 1) await fleet.kill(number);
        const dawn = (await now()).getTime() + BLACKOUT_MS;
        await edits.next();
        await until(async () => !(await isBefore(dawn)));
      } else {
        await fleet.kill(victim);
        await recorded(batch.pool, fleet, fleet.alive === 0 ? 0 : downSlots);
      }
      // Not waited for: the next kill may meet a process that is only starting.
      fleet.startAll().catch(() => undefined);
    }
    for await (const _ of edits); // whatever the kills left no time for
    await fleet.startAll();
    const end = (await now()).getTime() + LAST_MS;
    await until(async () => (await unsettled(deps, end)) === 0);
    await fleet[Symbol.asyncDispose]();

    expect(await checkSlots(batch.pool)).toEqual([]);
    const counts = await countsOf(batch.pool);
    expect(await slotsOf(batch.pool, ids[0] ?? '')).toEqual(await oracleOf(batch.pool, ids[0] ?? ''));
    expect(counts).toMatchObject({ requestedTwice: 0, runsBesideSlots: 0 });
    console.log(
      `${fleet.kills} kills with seed ${SEED}: ${counts.fired} slots fired, ${counts.skipped} skipped, none lost, none doubled; ` +
        `${fleet.said('ring').length} rings by Agenda, ${fleet.said('watchdog').length} by the watchdog`,
    );
  });
});

/** Resolves once Agenda has rung for a schedule: by a process whose watchdog never does, so that it is not a matter of who is faster. */
async function agendaRings(options: SchedulerProcessOptions): Promise<void> {
  await using patient = startSchedulerProcess({ ...options, patienceMs: 365 * 86_400_000 });
  await patient.heard('ring', ({ name }) => name?.startsWith('schedule') === true);
}

/** An operator at work meanwhile: each step is one edit. */
async function* editsOf(deps: Deps, scheduleId: string): AsyncGenerator<void> {
  const edit = { scheduleId, actor: 'operator' };
  scheduleOf(await changeScheduleBy(deps, edit, { cron: '*/3 * * * *', catchUp: { policy: 'ALL', windowHours: 24 } }));
  yield;
  scheduleOf(await pauseScheduleBecause(deps, edit, 'a drill'));
  yield;
  scheduleOf(await resumeScheduleNow(deps, edit));
}

/** Resolves once so many more slots were recorded. Throws when a process has ended by itself: those left may be none. */
async function recorded(pool: pg.Pool, fleet: SchedulerFleet, more: number): Promise<void> {
  const count = async (): Promise<number> => (await pool.query('select 1 from batch.slot')).rowCount ?? 0;
  const enough = (await count()) + more;
  await until(async () => {
    fleet.check();
    return (await count()) >= enough;
  });
}

/** Schedules with a slot up to an instant that nobody has recorded. */
async function unsettled(deps: Deps, end: number): Promise<number> {
  const schedules = await deps.transaction((tx) => tx.schedules.all());
  return schedules.filter((schedule) => schedule.status === 'ACTIVE' && Number(wantedJob(schedule).nextRunAt) <= end).length;
}

const COUNTS = `select (select count(*)::int from batch.slot where fired) as fired, (select count(*)::int from batch.slot where not fired) as skipped,
  (select count(*)::int from (select from batch.event where type in ('RunRequested', 'RunPlanned', 'RunCompleted') group by run_id, type having count(*) > 1) x)
    as "requestedTwice",
  (select abs(count(*) - (select count(*) from batch.slot where fired))::int from batch.event where type = 'RunRequested') as "runsBesideSlots"`;

interface Counts {
  fired: number;
  skipped: number;
  requestedTwice: number;
  runsBesideSlots: number;
}

async function countsOf(pool: pg.Pool): Promise<Counts> {
  return (await pool.query<Counts>(COUNTS)).rows[0] as Counts;
}

async function slotsOf(pool: pg.Pool, scheduleId: string): Promise<string[]> {
  const text = "select slot, fired from batch.slot where schedule_id = $1 and (fired or reason = 'TOO_MANY') order by slot";
  const { rows } = await pool.query<{ slot: Date; fired: boolean }>(text, [scheduleId]);
  // No worker ends these runs: on a slow machine more of this clock's minutes go by than a schedule may have open runs, and the rest are given up, each with its reason.
  const fired = rows.filter((row) => row.fired).length;
  if (fired < rows.length) expect(fired).toBeGreaterThanOrEqual(MAX_OPEN_RUNS);
  return rows.map(({ slot }) => slot.toISOString());
}

/** Every minute from the schedule's creation to its last recorded slot: with ALL and ALLOW each of them must have fired, up to the runs that may be open. */
async function oracleOf(pool: pg.Pool, scheduleId: string): Promise<string[]> {
  const text = 'select settings, effective_since as since, last_slot as last from batch.schedule_view where schedule_id = $1';
  const { rows } = await pool.query<{ settings: Parameters<typeof slotsBetween>[0]; since: Date; last: Date }>(text, [scheduleId]);
  const row = rows[0];
  return row === undefined ? [] : slotsBetween(row.settings, row.since, row.last, Infinity).map((slot) => slot.toISOString());
}
