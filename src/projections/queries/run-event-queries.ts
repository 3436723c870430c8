import { sql } from 'kysely';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Cursor, RecordedEvent } from '../../application/ports.js';
import { RUN_ENDS } from '../../domain/run/run-events.js';
import { KNOWN_TYPES } from '../../eventlog/codec.js';
import { COLUMNS, recorded, type EventRow } from '../../eventlog/postgres-log.js';
import { pagesOf, type Pages } from '../../database/keyset.js';
import { eachRun, type RunKey } from './run-key.js';
import { toDate } from './to-date.js';

/** Which page of a run's events. */
export interface EventPage {
  readonly first: number;
  readonly after: Cursor;
  readonly withOutcomes: boolean;
}

/** Events that every reader of the log sees: below the oldest open transaction, and of a type that this release knows. */
const VISIBLE = sql`xid < (select batch.log_horizon()) and type = any(${KNOWN_TYPES}::text[])`;

const LIFECYCLE = sql`batch.event where run_month = wanted.month and run_id = wanted.id and subject is null`;

// From a run's first event to its last: its outcomes lie among the events of other runs, and are found in the order of the log.
const BOUNDS = sql`
  cross join lateral (select xid, position from ${LIFECYCLE} order by event.xid, event.position limit 1) head
  left join lateral (
    select xid, position from ${LIFECYCLE} and type = any(${[...RUN_ENDS]}::text[]) order by event.xid desc, event.position desc limit 1) tail on true`;

const WITHIN = sql`(xid, position) >= (head.xid, head.position)
  and (xid, position) <= (coalesce(tail.xid, '18446744073709551615'), coalesce(tail.position, 9223372036854775807))`;

/** Events of runs in the order of the log. */
export class RunEventQueries {
  constructor(private readonly em: EntityManager) {}

  /** The same page of each of several runs' events, in one statement. */
  async ofRuns(runs: readonly RunKey[], { first, after, withOutcomes }: EventPage): Promise<Pages<RecordedEvent>> {
    const { rows } = await sql<EventRow>`
      select e.* from ${eachRun(runs)} ${withOutcomes ? BOUNDS : sql``} cross join lateral (
        select ${sql.raw(COLUMNS)} from batch.event
        where run_month = wanted.month and run_id = wanted.id and ${withOutcomes ? WITHIN : sql`subject is null`}
          and (xid, position) > (${after.xid}::xid8, ${after.position}::bigint) and ${VISIBLE}
        order by event.xid, event.position limit ${first + 1}) e
      order by e.xid::xid8, e.position::bigint`.execute(this.em.getKysely());
    const events = rows.map((row) => recorded({ ...row, recorded_at: toDate(row.recorded_at) }));
    return pagesOf(events, ({ runId }) => runId ?? '', first);
  }
}
