import type pg from 'pg';
import { LASTING, scheduleStream } from '../domain/run/stream-names.js';
import type { ScheduleEvent } from '../domain/schedule/schedule-events.js';
import { decodeAt } from '../projections/rebuild/census.js';
import type { ScheduleSettings } from '../domain/schedule/schedule-settings.js';
import { slotsBetween } from '../domain/slots/slots.js';

/** What can be wrong with a slot: it was not recorded, it was recorded twice, or something was recorded that is no slot of an active schedule. */
type AccountFault = 'LOST' | 'DOUBLED' | 'NOT_A_SLOT' | 'NOT_ACTIVE' | 'MISCOUNTED';

/** A slot (epoch ms) and what is wrong with it. */
interface AccountedSlot {
  readonly slot: number;
  readonly fault: AccountFault;
}

/** Most lost slots that are named for one hole: a schedule of every minute that lost a month is one finding, not 43,200. */
const MAX_NAMED = 10;
/** Most slots of a range that are counted, as in `decideSlots`. */
const MAX_COUNTED = 10_000;

/**
 * Goes through the stream of one schedule in order and holds what it records against the slots that its settings had at each time. Up to an edit
 * and up to each recorded slot nothing may be missing; after the last recorded slot of a schedule that is still active nothing is asked: what is
 * due there is the scheduler's next business, not a fault.
 */
class SlotAccount {
  private settings: ScheduleSettings | undefined;
  private settled = -Infinity;
  private effective = -Infinity;

  /** Takes the next event of the stream. @returns what is wrong with the slots up to it */
  take(event: ScheduleEvent): readonly AccountedSlot[] {
    switch (event.type) {
      case 'SlotFired':
      case 'SlotSkipped':
        return this.recorded(Date.parse(event.data.slot), Date.parse(event.data.slot), 1);
      case 'SlotRangeSkipped':
        return this.recorded(Date.parse(event.data.slot), Date.parse(event.data.through), event.data.count);
      case 'SlotsReopened': {
        const { after, lastSlot } = event.data;
        // What was told of later slots does not count: they are asked for again.
        this.effective = Math.min(this.effective, Date.parse(after));
        this.settled = Math.max(this.effective, lastSlot === null ? -Infinity : Date.parse(lastSlot));
        return [];
      }
      default: {
        const effectiveAt = Date.parse(event.data.effectiveAt);
        const lost = this.slotsUntil(effectiveAt, MAX_NAMED).map((slot) => ({ slot, fault: 'LOST' as const }));
        this.settled = Math.max(this.settled, effectiveAt);
        this.effective = Math.max(this.effective, effectiveAt);
        this.settings = settingsAfter(this.settings, event);
        return lost;
      }
    }
  }

  private recorded(slot: number, through: number, count: number | null): readonly AccountedSlot[] {
    if (this.settings?.active !== true) return [{ slot, fault: 'NOT_ACTIVE' }];
    if (slot <= this.settled) return [{ slot, fault: 'DOUBLED' }];
    const before = this.slotsUntil(slot - 1, MAX_NAMED);
    const inside = slotsBetween(this.settings, new Date(slot - 1), new Date(through), MAX_COUNTED + 1);
    const last = through === slot ? slot : slotsBetween(this.settings, new Date(through - 1), new Date(through), 1)[0]?.getTime();
    this.settled = through;
    const faults: AccountedSlot[] = before.map((lost) => ({ slot: lost, fault: 'LOST' }));
    if (inside[0]?.getTime() !== slot || last !== through) faults.push({ slot, fault: 'NOT_A_SLOT' });
    else if ((inside.length > MAX_COUNTED ? null : inside.length) !== count) faults.push({ slot, fault: 'MISCOUNTED' });
    return faults;
  }

  /** Slots that belong to the settings of now, are up to an instant and were not recorded. */
  private slotsUntil(until: number, limit: number): number[] {
    if (this.settings?.active !== true || until <= this.settled) return [];
    return slotsBetween(this.settings, new Date(this.settled), new Date(until), limit).map((slot) => slot.getTime());
  }
}

type OperatorEvent = Exclude<ScheduleEvent, { type: `Slot${string}` }>;

function settingsAfter(settings: ScheduleSettings | undefined, event: OperatorEvent): ScheduleSettings | undefined {
  if (event.type === 'ScheduleCreated') return event.data.settings;
  if (settings === undefined) return undefined;
  if (event.type === 'ScheduleChanged') return { ...settings, ...event.data.changes };
  return { ...settings, active: event.type === 'ScheduleActivated' };
}

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
