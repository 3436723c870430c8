import type { LowDays, LowDayNote } from '../application/ports.js';
import type { Queryable } from '../eventlog/postgres-log.js';
import { LOW_DAY_TABLE } from '../records/patients-query.js';

/**
 * Adds the record date (`$1`) to the low days of some people and takes it from others', in one statement and in the order of ids, so that two writers cannot wait for each other. A user without a
 * row gets one with the first low day; a day that was no low one is written only where it stands as one: after records were mended.
 */
const NOTE = `insert into ${LOW_DAY_TABLE} as there (user_id, days, total)
  select n.user_id, case when n.low then datemultirange(daterange($1::date, $1::date, '[]')) else '{}' end, n.low::int
  from unnest($2::int[], $3::bool[]) n (user_id, low)
  where n.low or exists (select from ${LOW_DAY_TABLE} l where l.user_id = n.user_id and l.days @> $1::date)
  order by n.user_id
  on conflict (user_id) do update set
    days = case when excluded.total = 1 then there.days + excluded.days else there.days - datemultirange(daterange($1::date, $1::date, '[]')) end,
    total = there.total + case when excluded.total = 1 then (not there.days @> $1::date)::int else -(there.days @> $1::date)::int end`;

/** Days that were low in FODMAPs, by person, inside a transaction. */
export class PostgresLowDays implements LowDays {
  constructor(private readonly db: Queryable) {}

  async note(recordDate: string, notes: readonly LowDayNote[]): Promise<void> {
    if (notes.length === 0) return;
    const values = [recordDate, notes.map(({ userId }) => userId), notes.map(({ isLow }) => isLow)];
    await this.db.query({ name: 'note-low-days', text: NOTE, values });
  }
}
