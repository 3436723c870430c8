import type { ScheduleStore } from '../application/ports.js';
import type { Schedule } from '../domain/schedule/schedule.js';
import type { Queryable } from '../eventlog/postgres-log.js';

/** Columns of `batch.schedule_view`, in the order of `scheduleValues`. */
export const SCHEDULE_COLUMNS = [
  'schedule_id', 'version', 'settings_version', 'status', 'name', 'settings', 'paused_reason', 'effective_since', 'last_slot', 'last_fired_slot',
  'last_run_id', 'fired_slots', 'skipped_slots', 'has_uncounted_skips', 'created_by', 'created_at', 'updated_at',
] as const; // prettier-ignore

/** A row of `batch.schedule_view`. */
export interface ScheduleRow {
  schedule_id: string;
  version: number;
  settings_version: number;
  status: Schedule['status'];
  name: string;
  settings: Schedule['settings'];
  paused_reason: string | null;
  effective_since: Date;
  last_slot: Date | null;
  last_fired_slot: Date | null;
  last_run_id: string | null;
  fired_slots: number;
  skipped_slots: Schedule['skippedSlots'];
  has_uncounted_skips: boolean;
  created_by: string;
  created_at: Date;
  updated_at: Date;
}

/** A schedule as values for `SCHEDULE_COLUMNS`. */
export function scheduleValues(schedule: Schedule): unknown[] {
  return [
    schedule.scheduleId, schedule.version, schedule.settingsVersion, schedule.status, schedule.settings.name, JSON.stringify(schedule.settings),
    schedule.pausedReason, schedule.effectiveSince, schedule.lastSlot, schedule.lastFiredSlot, schedule.lastRunId, schedule.firedSlots,
    JSON.stringify(schedule.skippedSlots), schedule.hasUncountedSkips, schedule.createdBy, schedule.createdAt, schedule.updatedAt,
  ]; // prettier-ignore
}

/** A schedule out of its row. */
export function scheduleOfRow(row: ScheduleRow): Schedule {
  return {
    scheduleId: row.schedule_id,
    version: row.version,
    settingsVersion: row.settings_version,
    status: row.status,
    settings: row.settings,
    pausedReason: row.paused_reason,
    effectiveSince: row.effective_since.toISOString(),
    lastSlot: row.last_slot?.toISOString() ?? null,
    lastFiredSlot: row.last_fired_slot?.toISOString() ?? null,
    lastRunId: row.last_run_id,
    firedSlots: row.fired_slots,
    skippedSlots: row.skipped_slots,
    hasUncountedSkips: row.has_uncounted_skips,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

const SAVE = upsertSql('batch.schedule_view', SCHEDULE_COLUMNS);
const SELECTION = SCHEDULE_COLUMNS.join(', ');

/** The schedule view, inside a transaction. */
export class PostgresScheduleStore implements ScheduleStore {
  constructor(private readonly db: Queryable) {}

  async lock(scheduleId: string): Promise<Schedule | undefined> {
    const text = `select ${SELECTION} from batch.schedule_view where schedule_id = $1 for update`;
    const { rows } = await this.db.query<ScheduleRow>(text, [scheduleId]);
    return rows[0] && scheduleOfRow(rows[0]);
  }

  async save(schedule: Schedule): Promise<void> {
    await this.db.query(SAVE, scheduleValues(schedule));
  }

  async keepNumber(scheduleId: string, number: number): Promise<void> {
    const text = 'insert into batch.schedule_number (schedule_id, number) values ($1, $2) on conflict do nothing';
    await this.db.query(text, [scheduleId, number]);
  }

  async numberOf(scheduleId: string): Promise<number> {
    const { rows } = await this.db.query<{ number: number }>('select number from batch.schedule_number where schedule_id = $1', [
      scheduleId,
    ]);
    if (rows[0] === undefined) throw new Error(`schedule ${scheduleId} has no number`);
    return rows[0].number;
  }

  async all(): Promise<readonly Schedule[]> {
    const text = `select ${SELECTION} from batch.schedule_view where status <> 'DELETED' order by created_at, schedule_id`;
    return (await this.db.query<ScheduleRow>(text)).rows.map(scheduleOfRow);
  }

  async everWas(): Promise<boolean> {
    return (await this.db.query('select 1 from batch.schedule_view limit 1')).rowCount === 1;
  }
}

/** An upsert of one row by its first column. `columns` are ours, never a caller's. */
export function upsertSql(table: string, columns: readonly string[]): string {
  const [key, ...rest] = columns;
  const places = columns.map((_, at) => `$${at + 1}`).join(', ');
  const changes = rest.map((column) => `${column} = excluded.${column}`).join(', ');
  return `insert into ${table} (${columns.join(', ')}) values (${places}) on conflict (${key}) do update set ${changes}`;
}
