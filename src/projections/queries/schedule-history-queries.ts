import { sql } from 'kysely';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { RecordedEvent } from '../../application/ports.js';
import { LASTING, scheduleStream } from '../../domain/run/stream-names.js';
import type { SlotSkipReason } from '../../domain/schedule/schedule-events.js';
import { KNOWN_TYPES } from '../../eventlog/codec.js';
import { COLUMNS, recorded, type EventRow } from '../../eventlog/postgres-log.js';
import { pagesOf, type PageRequest, type Pages } from '../../database/keyset.js';
import { toDate } from './to-date.js';

/** An entry of the slot ledger. */
export interface SlotRow {
  readonly scheduleId: string;
  readonly slot: Date;
  /** Last slot of a range that was skipped for one reason; null for a single slot. */
  readonly through: Date | null;
  readonly fired: boolean;
  readonly reason: SlotSkipReason | null;
  /** How many slots a range holds; null for a single slot, and for a range too long to count. */
  readonly count: number | null;
  readonly misfire: boolean;
  readonly runId: string | null;
  readonly decidedAt: Date;
}

/** A span of the calendar: its earliest `limit` slots, or those after one that was told. */
export interface SlotSpan {
  readonly from: Date;
  readonly to: Date;
  readonly after: Pick<SlotRow, 'slot' | 'scheduleId'> | undefined;
  readonly limit: number;
}

/** A run by its place in the list of its schedule's runs. */
export interface ScheduleRunRow {
  readonly scheduleId: string;
  readonly runId: string;
  readonly requestedAt: Date;
}

/** A page of events of schedules: all of them, or what was done to each, newest first, without its slots. */
export interface EventsRequest extends PageRequest {
  readonly edits: boolean;
}

/** What happened to schedules: each method reads the same page of several schedules in one statement. */
export class ScheduleHistoryQueries {
  constructor(private readonly em: EntityManager) {}

  /** Entries of the slot ledger, newest first. The key is (ISO time of the slot). */
  async slots(scheduleIds: readonly string[], page: PageRequest): Promise<Pages<SlotRow>> {
    const before = page.after?.[0] ?? null;
    const { rows } = await sql<SlotRow>`
      select s.* from unnest(${scheduleIds}::uuid[]) as wanted (id) cross join lateral (
        select schedule_id as "scheduleId", slot, through, fired, reason, count, misfire, run_id as "runId", decided_at as "decidedAt"
        from batch.slot where schedule_id = wanted.id and (${before}::timestamptz is null or slot < ${before}::timestamptz)
        order by slot desc limit ${page.first + 1}) s
      order by s.slot desc`.execute(this.em.getKysely());
    return pagesOf(rows.map(slotOf), ({ scheduleId }) => scheduleId, page.first);
  }

  /** Entries of all schedules that touch a span, by time and schedule; ranges that began before it too. */
  async between({ from, to, after, limit }: SlotSpan): Promise<SlotRow[]> {
    const told = after?.slot ?? null;
    const { rows } = await sql<SlotRow>`
      select schedule_id as "scheduleId", slot, through, fired, reason, count, misfire, run_id as "runId", decided_at as "decidedAt"
      from batch.slot
      where (slot between ${from}::timestamptz and ${to}::timestamptz or (through >= ${from}::timestamptz and slot < ${from}::timestamptz))
        and (${told}::timestamptz is null or (slot, schedule_id) > (${told}::timestamptz, ${after?.scheduleId ?? null}::uuid))
      order by slot, schedule_id limit ${limit}`.execute(this.em.getKysely());
    return rows.map(slotOf);
  }

  /** Runs that slots asked for, newest first. The key is (ISO time of the request, run id). */
  async runs(scheduleIds: readonly string[], page: PageRequest): Promise<Pages<ScheduleRunRow>> {
    const [requestedAt = null, runId = null] = page.after ?? [];
    const { rows } = await sql<ScheduleRunRow>`
      select r.* from unnest(${scheduleIds}::uuid[]) as wanted (id) cross join lateral (
        select schedule_id as "scheduleId", run_id as "runId", requested_at as "requestedAt"
        from batch.run_view where schedule_id = wanted.id
          and (${requestedAt}::timestamptz is null or (requested_at, run_id) < (${requestedAt}::timestamptz, ${runId}::uuid))
        order by requested_at desc, run_id desc limit ${page.first + 1}) r
      order by r."requestedAt" desc, r."runId" desc`.execute(this.em.getKysely());
    const dated = rows.map((row) => ({ ...row, requestedAt: toDate(row.requestedAt) }));
    return pagesOf(dated, ({ scheduleId }) => scheduleId, page.first);
  }

  /** How many runs each schedule's slots asked for; a schedule without any is absent. */
  async runCounts(scheduleIds: readonly string[]): Promise<{ scheduleId: string; runs: number }[]> {
    const { rows } = await sql<{ scheduleId: string; runs: number }>`
      select schedule_id as "scheduleId", count(*)::int as runs from batch.run_view where schedule_id = any(${scheduleIds}::uuid[])
      group by schedule_id`.execute(this.em.getKysely());
    return rows;
  }

  /** Events of the schedules' own streams, oldest first, edits newest first; those that this release does not know are left out. The key is (version). */
  async events(scheduleIds: readonly string[], { edits, ...page }: EventsRequest): Promise<Pages<RecordedEvent>> {
    const streams = scheduleIds.map(scheduleStream);
    const after = page.after?.[0] ?? null;
    const further = after === null ? sql`` : sql`and version ${sql.raw(edits ? '<' : '>')} ${after}`;
    const types = edits ? KNOWN_TYPES.filter((type) => type.startsWith('Schedule')) : KNOWN_TYPES;
    const order = sql.raw(edits ? 'desc' : 'asc');
    const { rows } = await sql<EventRow>`
      select e.* from unnest(${streams}::text[]) as wanted (name) cross join lateral (
        select ${sql.raw(COLUMNS)} from batch.event
        where run_month = ${LASTING}::date and stream = wanted.name ${further} and type = any(${types}::text[])
        order by version ${order} limit ${page.first + 1}) e
      order by e.version ${order}`.execute(this.em.getKysely());
    const events = rows.map((row) => recorded({ ...row, recorded_at: toDate(row.recorded_at) }));
    const idOf = new Map(scheduleIds.map((id) => [scheduleStream(id), id]));
    return pagesOf(events, ({ stream }) => idOf.get(stream) ?? '', page.first);
  }
}

function slotOf(row: SlotRow): SlotRow {
  return { ...row, slot: toDate(row.slot), through: toDate(row.through), decidedAt: toDate(row.decidedAt) };
}
