import { sql } from 'kysely';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { ProgramName } from '../../domain/program.js';
import type { Schedule } from '../../domain/schedule/schedule.js';
import { SCHEDULE_COLUMNS, scheduleOfRow, type ScheduleRow } from '../../store/schedule-store.js';
import { pageOf, type Page, type PageRequest } from '../../database/keyset.js';
import { toDate } from './to-date.js';

const SELECTION = sql.raw(SCHEDULE_COLUMNS.join(', '));

/** Most active schedules that are reckoned with at once: an operator makes each by hand. */
const MAX_ACTIVE = 500;

/** A schedule and its integer id. */
export interface NumberedSchedule {
  readonly number: number;
  readonly schedule: Schedule;
}

const NUMBERED = sql.raw(`${SCHEDULE_COLUMNS.map((column) => `v.${column}`).join(', ')}, n.number`);
const FROM_NUMBERED = sql.raw('batch.schedule_view v join batch.schedule_number n using (schedule_id)');

/** Reads of the schedule view. */
export class ScheduleQueries {
  constructor(private readonly em: EntityManager) {}

  /** Schedules by id, deleted ones too, for a loader: one statement, any order. */
  async byIds(scheduleIds: readonly string[]): Promise<Schedule[]> {
    const query = sql<ScheduleRow>`select ${SELECTION} from batch.schedule_view where schedule_id = any(${scheduleIds}::uuid[])`;
    return (await query.execute(this.em.getKysely())).rows.map(dated);
  }

  /** Integer ids of schedules, for a loader: one statement, any order. */
  async numbers(scheduleIds: readonly string[]): Promise<{ scheduleId: string; number: number }[]> {
    const { rows } = await sql<{ scheduleId: string; number: number }>`
      select schedule_id as "scheduleId", number from batch.schedule_number where schedule_id = any(${scheduleIds}::uuid[])`.execute(
      this.em.getKysely(),
    );
    return rows;
  }

  /** The schedule of an integer id, a deleted one too. */
  async byNumber(number: number): Promise<NumberedSchedule | undefined> {
    const { rows } = await sql<NumberedRow>`select ${NUMBERED} from ${FROM_NUMBERED} where n.number = ${number}::int`.execute(
      this.em.getKysely(),
    );
    return rows.map(numbered)[0];
  }

  /** All schedules that are not deleted with their integer ids, newest first: an operator makes each by hand. */
  async allNumbered(): Promise<NumberedSchedule[]> {
    const { rows } = await sql<NumberedRow>`
      select ${NUMBERED} from ${FROM_NUMBERED} where v.status <> 'DELETED' order by v.created_at desc, n.number desc`.execute(
      this.em.getKysely(),
    );
    return rows.map(numbered);
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

type NumberedRow = ScheduleRow & { readonly number: number };

function numbered({ number, ...row }: NumberedRow): NumberedSchedule {
  return { number, schedule: dated(row) };
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
