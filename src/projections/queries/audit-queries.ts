import { type RawBuilder, sql } from 'kysely';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Cursor, RecordedEvent } from '../../application/ports.js';
import { LASTING } from '../../domain/run/stream-names.js';
import { STREAM_KINDS, type StreamKind } from '../../domain/stream-kind.js';
import { KNOWN_TYPES } from '../../eventlog/codec.js';
import { COLUMNS, recorded, type EventRow } from '../../eventlog/postgres-log.js';
import { pageOf, type Page } from '../../database/keyset.js';
import type { RunKey } from './run-key.js';
import { toDate } from './to-date.js';

/** Which events an audit shows; what is absent does not narrow it. */
export interface AuditFilter {
  readonly kinds: readonly StreamKind[];
  readonly types?: readonly string[];
  readonly actors?: readonly string[];
  /** Of the recording, both included. */
  readonly from?: Date;
  readonly to?: Date;
  /** Events of one run; without it none of chunks, and no outcomes. */
  readonly run?: RunKey;
  readonly withOutcomes?: boolean;
}

/** Which page: `first` events older than `before`. */
export interface AuditPage {
  readonly first: number;
  readonly before?: Cursor;
}

const OF_KIND: Readonly<Record<StreamKind, string>> = {
  RUN: `stream like 'run-%' and stream not like '%/%'`,
  CHUNK: `stream like 'run-%/%'`,
  SCHEDULE: `stream like 'schedule-%'`,
  BACKFILL: `stream like 'backfill-%'`,
  RETENTION: `stream like 'retention-%'`,
  RECALL: `stream like 'recall-%'`,
  REVIEW: `stream like 'mark-%' or stream like 'point-%' or stream like 'signature-%'`,
  ERASURE: `stream like 'erasure-%'`,
  ROLLOUT: `stream like 'rollout-%'`,
};

const OF_RUNS: readonly StreamKind[] = ['RUN', 'CHUNK'];
/** Kinds whose events stand in the month of what lasts. */
const LASTING_KINDS: readonly StreamKind[] = STREAM_KINDS.filter((kind) => !OF_RUNS.includes(kind));

/** Events across the log, newest first. */
export class AuditQueries {
  constructor(private readonly em: EntityManager) {}

  /** A page, in one statement. Without a run it reads what no outcome lies among: the runs' own events by their index, and the month of what lasts. */
  async page(filter: AuditFilter, { first, before }: AuditPage): Promise<Page<RecordedEvent>> {
    const limit = first + 1;
    const wanted = sql`${conditions(filter)} ${before === undefined ? sql`` : sql`and (xid, position) < (${before.xid}::xid8, ${before.position}::bigint)`}`;
    const parts = placesOf(filter).map(
      (place) =>
        sql`(select ${sql.raw(COLUMNS)} from batch.event where ${place} and ${wanted} order by event.xid desc, event.position desc limit ${limit})`,
    );
    if (parts.length === 0) return { rows: [], hasNext: false };
    const { rows } = await sql<EventRow>`
      select * from (${sql.join(parts, sql` union all `)}) e order by e.xid::xid8 desc, e.position::bigint desc limit ${limit}`.execute(
      this.em.getKysely(),
    );
    return pageOf(
      rows.map((row) => recorded({ ...row, recorded_at: toDate(row.recorded_at) })),
      first,
    );
  }
}

/** Where events of the kinds stand, each place with an order of its own that an index has. */
function placesOf({ kinds, run, withOutcomes }: AuditFilter): RawBuilder<unknown>[] {
  const of = (among: readonly StreamKind[]): string => among.filter((kind) => kinds.includes(kind)).map((kind) => `(${OF_KIND[kind]})`).join(' or '); // prettier-ignore
  if (run !== undefined) {
    const own = of(OF_RUNS);
    const users = withOutcomes === true ? sql`` : sql`and subject is null`;
    return own === '' ? [] : [sql`run_month = ${run.month}::date and run_id = ${run.runId}::uuid ${users} and (${sql.raw(own)})`];
  }
  const lasting = of(LASTING_KINDS);
  return [
    // Word for word the condition of the index event_run_change.
    ...(kinds.includes('RUN') ? [sql`subject is null and run_id is not null and stream not like '%/%'`] : []),
    ...(lasting === '' ? [] : [sql`run_month = ${LASTING}::date and (${sql.raw(lasting)})`]),
  ];
}

/** Events that every reader of the log sees, and the filter's own conditions. Clients know times to the millisecond, the log to the microsecond. */
function conditions({ types, actors, from, to }: AuditFilter): RawBuilder<unknown> {
  return sql`xid < (select batch.log_horizon()) and type = any(${types ?? KNOWN_TYPES}::text[])
    and (${actors ?? null}::text[] is null or actor = any(${actors ?? null}::text[]))
    and (${from ?? null}::timestamptz is null or recorded_at >= ${from ?? null}::timestamptz)
    and (${to ?? null}::timestamptz is null or recorded_at < ${to ?? null}::timestamptz + interval '1 ms')`;
}
