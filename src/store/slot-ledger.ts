import type { LedgerRest, SlotEntry, SlotLedger } from '../application/ports.js';
import type { Queryable } from '../eventlog/postgres-log.js';

const RECORD = `insert into batch.slot (schedule_id, slot, through, fired, reason, count, misfire, run_id, decided_at)
  select entry.*, $9 from unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::boolean[], $5::text[], $6::int[], $7::boolean[], $8::uuid[]) entry`;

// A slot may be past by now, and have been decided by a clock for which it lay days back. A clock that is set in the course of a day moves by less.
const TAKE_BACK = `with ahead as (select min(slot) as slot from batch.slot
    where schedule_id = $1 and (coalesce(through, slot) > $2 or decided_at > $2::timestamptz + interval '5 minutes'))
  delete from batch.slot s using ahead where s.schedule_id = $1 and s.slot >= ahead.slot returning s.slot, run_id as "runId"`;

const LAST = `select max(coalesce(through, slot)) as "lastSlot" from batch.slot where schedule_id = $1`;
const LAST_FIRED = `select slot, run_id as "runId" from batch.slot where schedule_id = $1 and fired order by slot desc limit 1`;

/** The slot ledger, inside a transaction. Its key refuses a slot that is there already. */
export class PostgresSlotLedger implements SlotLedger {
  constructor(private readonly db: Queryable) {}

  async record(entries: readonly SlotEntry[], decidedAt: Date): Promise<void> {
    const column = <T>(of: (entry: SlotEntry) => T): T[] => entries.map(of);
    await this.db.query(RECORD, [
      column(({ scheduleId }) => scheduleId),
      column(({ slot }) => slot),
      column(({ through }) => through ?? null),
      column(({ runId }) => runId !== undefined),
      column(({ reason }) => reason ?? null),
      column(({ count }) => count ?? null),
      column(({ misfire }) => misfire),
      column(({ runId }) => runId ?? null),
      decidedAt,
    ]);
  }

  async takeBack(scheduleId: string, now: Date): Promise<LedgerRest> {
    const taken = await this.db.query<{ slot: Date; runId: string | null }>(TAKE_BACK, [scheduleId, now]);
    const last = await this.db.query<{ lastSlot: Date | null }>(LAST, [scheduleId]);
    const fired = await this.db.query<{ slot: Date; runId: string }>(LAST_FIRED, [scheduleId]);
    return {
      entries: taken.rows.length,
      firstSlot: taken.rows.map(({ slot }) => slot).toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null,
      runIds: taken.rows.flatMap(({ runId }) => runId ?? []),
      lastSlot: last.rows[0]?.lastSlot ?? null,
      lastFired: fired.rows[0] ?? null,
    };
  }
}
