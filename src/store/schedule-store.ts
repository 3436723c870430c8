import type { ScheduleStore } from '../application/ports.js';
import type { Schedule } from '../domain/schedule/schedule.js';
import type { Queryable } from '../eventlog/postgres-log.js';
import { SCHEDULE_COLUMNS, scheduleOfRow, scheduleValues, type ScheduleRow } from './schedule-rows.js';
import { upsertSql } from './upsert.js';

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

  async all(): Promise<readonly Schedule[]> {
    const text = `select ${SELECTION} from batch.schedule_view where status <> 'DELETED' order by created_at, schedule_id`;
    return (await this.db.query<ScheduleRow>(text)).rows.map(scheduleOfRow);
  }

  async everWas(): Promise<boolean> {
    return (await this.db.query('select 1 from batch.schedule_view limit 1')).rowCount === 1;
  }
}
