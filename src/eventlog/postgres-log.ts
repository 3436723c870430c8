import type pg from 'pg';
import type { Appended, AppendTarget, Cursor, EventLog, LogFilter, LogPage, NewEvent, RecordedEvent } from '../application/ports.js';
import type { LocalDate } from '../domain/local-date.js';
import { LASTING } from '../domain/run/stream-names.js';
import { OUTCOME_OF_TYPE } from '../domain/outcome.js';
import { decode, encode, isKnownType } from './codec.js';
import { ORIGIN } from './cursor.js';
import { DuplicateOutcome, VersionConflict } from './log-errors.js';

/** A pool for reading, a client inside its transaction for appending. */
export type Queryable = Pick<pg.ClientBase, 'query'>;

/** The append-only log on PostgreSQL: appends through `batch.append`, reads in `(xid, position)` order below the oldest open transaction, where `xid` tells the era too. */
export class PostgresLog implements EventLog {
  /** @param onUnknown is told the type of an event that this release does not know; reading goes on past it. */
  constructor(
    private readonly db: Queryable,
    private readonly onUnknown: (type: string) => void = () => undefined,
  ) {}

  async append(target: AppendTarget, events: readonly NewEvent[]): Promise<Appended> {
    const { stream, expectedVersion, month, runId, actor, correlationId, causationId } = target;
    const types = events.map(({ type }) => type).join('\n');
    const users = events.map(({ userId }) => userId ?? null);
    const data = events.map((event) => JSON.stringify(encode(event.type, event.data))).join('\n');
    const values = [stream, expectedVersion, month, runId ?? null, actor, correlationId, causationId ?? null, types, users, data];
    const { rows } = await this.db.query<AppendRow>({ name: 'append', text: APPEND, values }).catch(translate);
    const row = rows[0] as AppendRow;
    return {
      lastVersion: row.last_version,
      recordedAt: row.recorded_at.toISOString(),
      cursor: { xid: row.xid, position: row.last_position },
    };
  }

  async readStream(month: LocalDate, stream: string, fromVersion: number, limit: number): Promise<readonly RecordedEvent[]> {
    const text = `select ${COLUMNS} from batch.event where run_month = $1 and stream = $2 and version >= $3 order by version limit $4`;
    const { rows } = await this.db.query<EventRow>(text, [month, stream, fromVersion, limit]);
    return this.decodeAll(rows);
  }

  async readAfter(after: Cursor, limit: number, filter: LogFilter = {}): Promise<LogPage> {
    const { rows } = await this.db.query<EventRow>(readingOf(after, limit, filter));
    const last = rows.at(-1);
    const events = this.decodeAll(
      filter.runsOnly === true || filter.runsAndSchedules === true ? rows : rows.filter((row) => matches(row, filter)),
    );
    return { events, cursor: last === undefined ? after : { xid: last.xid, position: last.position }, atEnd: rows.length < limit };
  }

  async head(): Promise<Cursor> {
    const { rows } = await this.db.query<Cursor>(HEAD);
    return rows[0] ?? ORIGIN;
  }

  private decodeAll(rows: readonly EventRow[]): RecordedEvent[] {
    const events: RecordedEvent[] = [];
    for (const row of rows) {
      if (isKnownType(row.type)) events.push(recorded(row));
      else this.onUnknown(row.type);
    }
    return events;
  }
}

// Texts travel as lines, which neither a type nor a JSON text can contain: an array of a thousand texts is escaped letter by letter.
const APPEND = `select xid, last_position::text, last_version, recorded_at from batch.append(
  $1, $2, $3::date, $4, $5, $6, $7, string_to_array($8::text, chr(10)), $9::int[], string_to_array($10::text, chr(10))::jsonb[])`;

/** Columns of an event, for `recorded`. */
export const COLUMNS = `xid::text, position::text, stream, version, type, run_id, subject, user_id, data, actor, correlation_id, causation_id, recorded_at`;

// Asked once for a statement: on its own in the condition it would be asked again for each partition.
const HORIZON = '(select batch.log_horizon())';

const READABLE = `(xid, position) > ($1::xid8, $2::bigint) and xid < ${HORIZON}`;

/** The place of the last event that readers see. */
export const HEAD = `select xid::text, position::text from batch.event_log where xid < ${HORIZON} order by event_log.xid desc, event_log.position desc limit 1`;

const READ_AFTER = `select ${COLUMNS} from batch.event where ${READABLE} order by event.xid, event.position limit $3`;

// What is no outcome of a run stands together in the key (run_month, run_id, subject): a run of a million users is followed by reading a thousand rows.
const READ_LIFECYCLE = `select ${COLUMNS} from batch.event
  where run_month = $4::date and run_id = $5::uuid and subject is null and ${READABLE} order by event.xid, event.position limit $3`;

/** Reads with `runsOnly`. Word for word the condition of the index event_run_change: the runs' own events are found without passing by any other. */
export const READ_RUNS = `select ${COLUMNS} from batch.event
  where subject is null and run_id is not null and stream not like '%/%' and ${READABLE} order by event.xid, event.position limit $3`;

// What outlives months has a partition of its own, small for ever. Each part gives its first rows, so that the first of both together are the first of all.
const READ_RUNS_AND_SCHEDULES = `select * from (
    (${READ_RUNS})
    union all (select ${COLUMNS} from batch.event
      where run_month = '${LASTING}' and (stream like 'schedule-%' or stream like 'recall-%' or stream like 'rollout-%') and ${READABLE} order by event.xid, event.position limit $3)) found
  order by xid::xid8, position::bigint limit $3`;

function readingOf(after: Cursor, limit: number, { run, runsOnly, runsAndSchedules, withoutOutcomes }: LogFilter): pg.QueryConfig {
  const values = [after.xid, after.position, limit];
  if (runsAndSchedules === true) return { name: 'read-runs-and-schedules', text: READ_RUNS_AND_SCHEDULES, values };
  if (runsOnly === true) return { name: 'read-runs', text: READ_RUNS, values };
  if (run === undefined || withoutOutcomes !== true) return { name: 'read-after', text: READ_AFTER, values };
  return { name: 'read-lifecycle', text: READ_LIFECYCLE, values: [...values, run.month, run.runId] };
}

interface AppendRow {
  xid: string;
  last_position: string;
  last_version: number;
  recorded_at: Date;
}

/** A row of `batch.event`. */
export interface EventRow {
  xid: string;
  position: string;
  stream: string;
  version: number;
  type: string;
  run_id: string | null;
  subject: number | null;
  user_id: number | null;
  data: object;
  actor: string;
  correlation_id: string;
  causation_id: string | null;
  recorded_at: Date;
}

/** An event out of its row. @throws InvalidEvent */
export function recorded(row: EventRow): RecordedEvent {
  return {
    cursor: { xid: row.xid, position: row.position },
    stream: row.stream,
    version: row.version,
    type: row.type,
    runId: row.run_id,
    subject: row.subject,
    userId: row.user_id,
    data: decode(row.type, row.data),
    actor: row.actor,
    correlationId: row.correlation_id,
    causationId: row.causation_id,
    recordedAt: row.recorded_at.toISOString(),
  };
}

function matches(row: EventRow, filter: LogFilter): boolean {
  if (filter.run !== undefined && row.run_id !== filter.run.runId) return false;
  return !(filter.withoutOutcomes === true && Object.hasOwn(OUTCOME_OF_TYPE, row.type));
}

function translate(error: unknown): never {
  const { code, constraint } = error as { code?: string; constraint?: string };
  const cause = { cause: error };
  if (code === 'BE001') throw new VersionConflict((error as Error).message, cause);
  // The keys of a partition are named by PostgreSQL after the partition's columns.
  if (code === '23505' && constraint?.includes('subject')) throw new DuplicateOutcome('a user of this run already has an outcome', cause);
  if (code === '23505' && constraint?.includes('version')) throw new VersionConflict('another writer appended to the stream first', cause);
  throw error;
}
