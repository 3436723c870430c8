import { sql } from 'kysely';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { ProgramName } from '../../domain/program.js';
import type { Schedule } from '../../domain/schedule/schedule.js';
import { SCHEDULE_COLUMNS, scheduleOfRow, type ScheduleRow } from '../../store/schedule-rows.js';
import { pageOf, type Page, type PageRequest } from '../../database/keyset.js';
import { toDate } from './to-date.js';

const SELECTION = sql.raw(SCHEDULE_COLUMNS.join(', '));

/** Most active schedules that are reckoned with at once: an operator makes each by hand. */
const MAX_ACTIVE = 500;

/** Reads of the schedule view. */
export class ScheduleQueries {
  constructor(private readonly em: EntityManager) {}

  /** Schedules by id, deleted ones too, for a loader: one statement, any order. */
  async byIds(scheduleIds: readonly string[]): Promise<Schedule[]> {
    const query = sql<ScheduleRow>`select ${SELECTION} from batch.schedule_view where schedule_id = any(${scheduleIds}::uuid[])`;
    return (await query.execute(this.em.getKysely())).rows.map(dated);
  }

  /** Active schedules, of one program or of all, by id; of more than `MAX_ACTIVE` the first. */
  async active(program: ProgramName | null): Promise<Schedule[]> {
    const { rows } = await sql<ScheduleRow>`
      select ${SELECTION} from batch.schedule_view
      where status = 'ACTIVE' and (${program}::text is null or settings->>'program' = ${program}::text)
      order by schedule_id limit ${MAX_ACTIVE}`.execute(this.em.getKysely());
    return rows.map(dated);
  }

  /** A page of schedules, newest first. The key is (ISO time of creation, schedule id). */
  async list(filter: { includeDeleted: boolean }, page: PageRequest): Promise<Page<Schedule>> {
    const [createdAt = null, id = null] = page.after ?? [];
    const { rows } = await sql<ScheduleRow>`
      select ${SELECTION} from batch.schedule_view
      where (${filter.includeDeleted} or status <> 'DELETED')
        and (${createdAt}::timestamptz is null or (created_at, schedule_id) < (${createdAt}::timestamptz, ${id}::uuid))
      order by created_at desc, schedule_id desc limit ${page.first + 1}`.execute(this.em.getKysely());
    return pageOf(rows.map(dated), page.first);
  }
}

function dated(row: ScheduleRow): Schedule {
  return scheduleOfRow({
    ...row,
    effective_since: toDate(row.effective_since),
    last_slot: toDate(row.last_slot),
    last_fired_slot: toDate(row.last_fired_slot),
    created_at: toDate(row.created_at),
    updated_at: toDate(row.updated_at),
  });
}
