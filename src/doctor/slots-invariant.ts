import type pg from 'pg';
import { LASTING, scheduleStream } from '../domain/run/stream-names.js';
import type { ScheduleEvent } from '../domain/schedule/schedule-events.js';
import { decodeAt } from '../projections/rebuild/census.js';
import { SlotAccount, type AccountFault } from './slot-account.js';

/**
 * What is wrong with a slot: see `AccountFault` for the log alone. NOT_IN_LEDGER, NOT_IN_LOG and LEDGER_DIFFERS compare ledger and log;
 * FIRED_WITHOUT_RUN, RUN_WITHOUT_SLOT compare ledger and runs.
 */
export type SlotFaultCode =
  AccountFault | 'NOT_IN_LEDGER' | 'NOT_IN_LOG' | 'LEDGER_DIFFERS' | 'FIRED_WITHOUT_RUN' | 'RUN_WITHOUT_SLOT' | 'DOUBLED_IN_LEDGER';

/** A breach of invariant 5: "every slot of an active schedule is fired once or recorded as skipped, never both, never neither". */
export interface SlotFault {
  readonly scheduleId: string;
  /** ISO time. */
  readonly slot: string;
  readonly fault: SlotFaultCode;
}

/** Compares log, ledger, runs and the slots that each schedule had while it was active, in one snapshot. Empty when invariant 5 holds. @throws InvalidEvent */
export async function checkSlots(pool: Pick<pg.Pool, 'connect'>): Promise<readonly SlotFault[]> {
  const client = await pool.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    const { rows } = await client.query<SlotFaultRow>(COMPARISONS, [LASTING]);
    const compared = rows.map(({ scheduleId, slot, fault }) => ({ scheduleId, slot: slot.toISOString(), fault }));
    return [...(await accountFaults(client)), ...compared];
  } finally {
    await client.query('rollback').catch(() => undefined);
    client.release();
  }
}

type SlotFaultRow = { scheduleId: string; slot: Date; fault: SlotFaultCode };

// What was told of slots before their time does not count once they were reopened; their runs remain.
const COMPARISONS = `with recorded as (
    select stream, version, substr(stream, ${scheduleStream('').length + 1})::uuid as schedule_id, (data->>'slot')::timestamptz as slot,
      (data->>'through')::timestamptz as through, data->>'reason' as reason, (data->>'count')::int as count, (data->>'runId')::uuid as run_id
    from batch.event where run_month = $1::date and type in ('SlotFired', 'SlotSkipped', 'SlotRangeSkipped')),
  taken as (select t.* from recorded t where exists (
    select from batch.event r where r.run_month = $1::date and r.stream = t.stream and r.type = 'SlotsReopened' and r.version > t.version
      and (r.data->>'after')::timestamptz < coalesce(t.through, t.slot))),
  told as (select * from recorded except select * from taken)
  select coalesce(t.schedule_id, l.schedule_id) as "scheduleId", coalesce(t.slot, l.slot) as slot,
    case when l.slot is null then 'NOT_IN_LEDGER' when t.slot is null then 'NOT_IN_LOG' else 'LEDGER_DIFFERS' end as fault
  from told t full join batch.slot l on l.schedule_id = t.schedule_id and l.slot = t.slot
  where (t.through, t.reason, t.count, t.run_id) is distinct from (l.through, l.reason, l.count, l.run_id) or l.slot is null or t.slot is null
  union all
  select schedule_id, slot, 'DOUBLED_IN_LEDGER' from batch.slot group by schedule_id, slot having count(*) > 1
  union all
  select l.schedule_id, l.slot, 'FIRED_WITHOUT_RUN' from batch.slot l left join batch.run_view r
    on r.run_id = l.run_id and r.schedule_id = l.schedule_id and r.slot = l.slot
  where l.fired and r.run_id is null
  union all
  select r.schedule_id, r.slot, 'RUN_WITHOUT_SLOT' from batch.run_view r left join batch.slot l on l.run_id = r.run_id
  where r.trigger = 'SCHEDULE' and l.run_id is null and not exists (select from taken where taken.run_id = r.run_id)
  order by 1, 2`;

const PAGE = 5_000;
const NEXT_EVENTS = `select position::text, stream, version, type, data from batch.event
  where run_month = $1::date and (stream, version) > ($2, $3::int) and starts_with(stream, '${scheduleStream('')}')
  order by stream, version limit ${PAGE}`;

/** Reads the schedules' streams in pages, so that years of a busy schedule need no more memory than a day. */
async function accountFaults(client: pg.PoolClient): Promise<readonly SlotFault[]> {
  const faults: SlotFault[] = [];
  let account = new SlotAccount();
  for (let stream = '', version = 0; ;) {
    const { rows } = await client.query<EventRow>(NEXT_EVENTS, [LASTING, stream, version]);
    for (const row of rows) {
      if (row.stream !== stream) account = new SlotAccount();
      ({ stream, version } = row);
      const event = { type: row.type, data: decodeAt(row.position, row.type, row.data) } as ScheduleEvent;
      const scheduleId = stream.slice(scheduleStream('').length);
      for (const { slot, fault } of account.take(event)) faults.push({ scheduleId, slot: new Date(slot).toISOString(), fault });
    }
    if (rows.length < PAGE) return faults;
  }
}

interface EventRow {
  position: string;
  stream: string;
  version: number;
  type: string;
  data: unknown;
}
