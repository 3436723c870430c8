import type pg from 'pg';
import { createScheduleFrom } from '../../../src/application/schedules/edit-schedules.js';
import { checkSlots } from '../../../src/doctor/slots-invariant.js';
import { createTestBatch } from '../../support/batch-fixture.js';
import { onClock } from '../../support/fast-clock.js';
import { Resources } from '../../support/resources.js';
import { scheduleOf } from '../../support/schedule-world.js';
import type { SharedClock } from '../../support/scheduler-process.js';
import type { SeedVerdict } from '../fault.js';
import { patiently } from '../patiently.js';

const MINUTE_MS = 60_000;

/** A schedule of every minute, none of which may be missed, on a database of its own whose minutes pass quickly. */
export interface Minutely {
  readonly resources: Resources;
  readonly url: string;
  readonly clock: SharedClock;
  /** Resolves once so many more of its slots are recorded. */
  recorded(more: number): Promise<void>;
  /** What the checkers say once nobody rings any more. */
  verdict(found: { bites: number; since?: number; broken?: readonly string[] }): Promise<SeedVerdict>;
}

/** Makes one. `factor` is how many of its minutes pass in one of the machine's. */
export async function minutely(factor = 240): Promise<Minutely> {
  const resources = new Resources();
  const batch = await createTestBatch({ users: 0 });
  resources.use({ [Symbol.asyncDispose]: () => batch.close() });
  const { pool } = batch;
  await pool.query(`update batch.schedule_view set status = 'DELETED'`);
  const clock = { base: '2026-04-04T14:44:30.000Z', since: new Date().toISOString(), factor };
  const { deps } = onClock(batch.deps, pool, clock);
  const input = { name: 'each', frequency: 'CRON', cron: '* * * * *', overlap: 'ALLOW', catchUp: { policy: 'ALL', windowHours: 24 } };
  const { scheduleId } = scheduleOf(await createScheduleFrom(deps, { input, actor: 'test' }));
  return {
    resources,
    url: batch.url,
    clock,
    async recorded(more) {
      const enough = (await slotsOf(pool, scheduleId)).length + more;
      await patiently(async () => (await slotsOf(pool, scheduleId)).length >= enough);
    },
    async verdict({ bites, since, broken = [] }) {
      const recovery = since === undefined ? {} : { recoveryMs: Math.round(performance.now() - since) };
      const faults = (await checkSlots(pool)).map(({ slot, fault }) => `${slot} ${fault}`);
      return { bites, ...(await account(pool, scheduleId)), broken: [...broken, ...faults, ...(await early(pool))], ...recovery };
    },
  };
}

async function slotsOf(pool: pg.Pool, scheduleId: string): Promise<number[]> {
  const text = 'select slot from batch.slot where schedule_id = $1 and fired order by slot';
  return (await pool.query<{ slot: Date }>(text, [scheduleId])).rows.map(({ slot }) => slot.getTime());
}

/**
 * From its first recorded slot to its last, each minute has fired, and each has one run. On a machine that is too busy to end a hundred runs while a hundred
 * minutes of this clock pass, those beyond are recorded as too many.
 */
async function account(pool: pg.Pool, scheduleId: string): Promise<{ lost: number; doubled: number }> {
  const slots = await slotsOf(pool, scheduleId);
  const [first, last] = [Date.parse('2026-04-04T14:45:00.000Z'), slots.at(-1) ?? 0];
  const tooMany = `select coalesce(sum(coalesce(count, 1)), 0)::int as slots from batch.slot where schedule_id = $1 and reason = 'TOO_MANY' and slot < $2`;
  const given = (await pool.query<{ slots: number }>(tooMany, [scheduleId, new Date(last)])).rows[0]?.slots ?? 0;
  const lost = slots.length === 0 ? 1 : (last - first) / MINUTE_MS + 1 - new Set(slots).size - given;
  const text = `select count(*)::int as runs from batch.event where type = 'RunRequested' and data->>'scheduleId' = $1`;
  const { rows } = await pool.query<{ runs: number }>(text, [scheduleId]);
  return { lost, doubled: (rows[0]?.runs ?? 0) - new Set(slots).size };
}

async function early(pool: pg.Pool): Promise<string[]> {
  const text = `select data->>'slot' as slot from batch.event where type = 'SlotFired' and (data->>'firedAt')::timestamptz < (data->>'slot')::timestamptz`;
  return (await pool.query<{ slot: string }>(text)).rows.map(({ slot }) => `${slot} fired before its time`);
}
