import type pg from 'pg';
import type { BackfillList, BackfillStore } from '../application/ports.js';
import type { Backfill } from '../domain/backfill/backfill.js';
import { localDate, type LocalDate } from '../domain/local-date.js';
import type { ProgramName } from '../domain/program.js';
import type { Queryable } from '../eventlog/postgres-log.js';
import {
  BACKFILL_COLUMNS,
  BACKFILL_SELECTION,
  backfillOfRow,
  backfillValues,
  DATE_COLUMNS,
  DATE_SELECTION,
  dateValues,
  type BackfillDateRow,
  type BackfillRow,
} from './backfill-rows.js';
import { upsertSql } from './schedule-store.js';

const SAVE = upsertSql('batch.backfill_view', BACKFILL_COLUMNS);
const SAVE_DATES = `insert into batch.backfill_date_view (${DATE_COLUMNS.join(', ')})
  select * from jsonb_to_recordset($1::jsonb) as d (backfill_id uuid, record_date date, place int, status text, run_id uuid, code text)
  on conflict (backfill_id, record_date) do update set status = excluded.status, run_id = excluded.run_id, code = excluded.code`;

const FREE = `select day::text as day from unnest($2::date[]) with ordinality as wanted (day, n)
  where not exists (select from batch.run_view r where r.ended_at is null and r.program = $1 and r.record_date = day and not r.dry_run) order by n`;

// A cancelled one is found by its runs that were not told: the process that cancelled it may have died before.
const UNSETTLED = `select b.backfill_id from batch.backfill_view b
  where b.ended_at is null or b.backfill_id in (
    select r.backfill_id from batch.run_view r where r.backfill_id is not null and r.ended_at is null and r.cancel_requested_at is null)
  order by b.requested_at`;

/** The views of backfills, inside a transaction. */
export class PostgresBackfillStore implements BackfillStore {
  constructor(private readonly db: Queryable) {}

  async lock(backfillId: string): Promise<Backfill | undefined> {
    const text = `select ${BACKFILL_SELECTION} from batch.backfill_view where backfill_id = $1 for update`;
    const { rows } = await this.db.query<BackfillRow>(text, [backfillId]);
    if (rows[0] === undefined) return undefined;
    const dates = `select ${DATE_SELECTION} from batch.backfill_date_view where backfill_id = $1 order by place`;
    return backfillOfRow(rows[0], (await this.db.query<BackfillDateRow>(dates, [backfillId])).rows);
  }

  async save(backfill: Backfill, before: Backfill | undefined): Promise<void> {
    await this.db.query(SAVE, backfillValues(backfill));
    const known = new Set(before?.dates);
    const changed = backfill.dates.flatMap((date, place) => (known.has(date) ? [] : [dateValues(backfill, place)]));
    if (changed.length === 0) return;
    const rows = changed.map((values) => Object.fromEntries(DATE_COLUMNS.map((column, at) => [column, values[at]])));
    await this.db.query(SAVE_DATES, [JSON.stringify(rows)]);
  }

  async activeRuns(backfillId: string): Promise<readonly { runId: string; told: boolean }[]> {
    const text = `select run_id as "runId", cancel_requested_at is not null as told from batch.run_view where backfill_id = $1 and ended_at is null`;
    return (await this.db.query<{ runId: string; told: boolean }>(text, [backfillId])).rows;
  }

  async freeDates(program: ProgramName, dates: readonly LocalDate[]): Promise<readonly LocalDate[]> {
    if (dates.length === 0) return [];
    const { rows } = await this.db.query<{ day: string }>(FREE, [program, dates]);
    return rows.map(({ day }) => localDate(day));
  }
}

/** Backfills outside a transaction. */
export class PostgresBackfillList implements BackfillList {
  constructor(private readonly db: Pick<pg.Pool, 'query'>) {}

  async unsettled(): Promise<readonly string[]> {
    const { rows } = await this.db.query<{ backfill_id: string }>(UNSETTLED);
    return rows.map(({ backfill_id: id }) => id);
  }
}
