import type { SlotEntry, SlotLedger } from '../application/ports.js';
import type { Queryable } from '../eventlog/postgres-log.js';

const RECORD = `insert into batch.slot (schedule_id, slot, through, fired, reason, count, misfire, run_id)
  select * from unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::boolean[], $5::text[], $6::int[], $7::boolean[], $8::uuid[])`;

/** The slot ledger, inside a transaction. Its key refuses a slot that is there, whoever recorded it. */
export class PostgresSlotLedger implements SlotLedger {
  constructor(private readonly db: Queryable) {}

  async record(entries: readonly SlotEntry[]): Promise<void> {
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
    ]);
  }
}
