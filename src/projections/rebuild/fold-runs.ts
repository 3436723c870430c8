import type { StoredRun } from '../../application/ports.js';
import { localDate } from '../../domain/local-date.js';
import type { RunEvent } from '../../domain/run/run-events.js';
import { evolveRun, type Run } from '../../domain/run/run.js';
import type { Queryable } from '../../eventlog/postgres-log.js';
import { InvalidEvent } from '../../eventlog/log-errors.js';
import { decodeAt } from './census.js';

/** Runs a page holds: a run of a million users has one event with a thousand chunks in it. */
const PAGE = 100;
const FIRST = '00000000-0000-0000-0000-000000000000';

// One look into the key (run_month, run_id, subject) per run: finding a month's runs costs the same, however many outcomes lie between them.
const NEXT_RUNS = `with recursive run (run_id) as (
    (select e.run_id from batch.event_log e where e.run_month = $1::date and e.run_id > $2::uuid order by e.run_id limit 1)
    union all
    select (select e.run_id from batch.event_log e where e.run_month = $1::date and e.run_id > r.run_id order by e.run_id limit 1)
    from run r where r.run_id is not null)
  select run_id from run where run_id is not null limit ${PAGE}`;

const OWN_EVENTS = `select position::text, stream, version, type, data, actor, recorded_at, run_id as id from batch.event
  where run_month = $1::date and run_id = any($2::uuid[]) and subject is null and stream = 'run-' || run_id
  order by run_id, version`;

/** Folds the runs of a month in pages, so that memory stays the same however many there are. @throws InvalidEvent for an event that cannot be read or is missing */
export async function* foldRuns(db: Queryable, month: string): AsyncGenerator<readonly StoredRun[]> {
  for (let after: string | undefined = FIRST; after !== undefined;) {
    const ids = await nextRuns(db, month, after);
    if (ids.length > 0) yield await foldPage(db, month, ids);
    after = ids.length < PAGE ? undefined : ids.at(-1);
  }
}

async function nextRuns(db: Queryable, month: string, after: string): Promise<string[]> {
  const { rows } = await db.query<{ run_id: string }>(NEXT_RUNS, [month, after]);
  return rows.map(({ run_id }) => run_id);
}

async function foldPage(db: Queryable, month: string, ids: readonly string[]): Promise<StoredRun[]> {
  const { rows } = await db.query<FoldedRow>(OWN_EVENTS, [month, ids]);
  const runs = new Map<string, Run>();
  for (const row of rows) {
    const before = runs.get(row.id);
    const { event, context } = readEvent(row, before?.version ?? 0);
    runs.set(row.id, evolveRun(before, event as RunEvent, { runId: row.id, ...context }));
  }
  return [...runs.values()].map((run) => ({ run, month: localDate(month) }));
}

/** A stored event as the folds read it; `id` is the run's or the schedule's. */
export interface FoldedRow {
  readonly position: string;
  readonly stream: string;
  readonly version: number;
  readonly type: string;
  readonly data: unknown;
  readonly actor: string;
  readonly recorded_at: Date;
  readonly id: string;
}

/** An event as a fold takes it: checked by the codec, so that `as` may name its union. */
export interface ReadEvent {
  readonly event: { readonly type: string; readonly data: object };
  readonly context: { readonly actor: string; readonly recordedAt: string };
}

/** Reads the event that comes after `version` of its stream. @throws InvalidEvent naming the position, or the version that is missing */
export function readEvent(row: FoldedRow, version: number): ReadEvent {
  if (row.version !== version + 1) {
    throw new InvalidEvent(
      `stream ${row.stream} goes from version ${version} to ${row.version}: an event is missing. Restore the log from a backup.`,
    );
  }
  // Milliseconds, as the live views have them from `PostgresLog`.
  const context = { actor: row.actor, recordedAt: row.recorded_at.toISOString() };
  return { event: { type: row.type, data: decodeAt(row.position, row.type, row.data) }, context };
}
