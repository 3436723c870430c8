import type pg from 'pg';
import type { IbsafeSchedule } from '../application/ports.js';

/** Reads IBSafe's own schedules, oldest first. @throws when IBSafe's table is missing */
export async function ibsafeSchedules(pool: Pick<pg.Pool, 'query'>): Promise<readonly IbsafeSchedule[]> {
  const text = `select id::int, name, frequency, hour, minute, is_active as active from public.ibsafe_batchschedule order by id`;
  return (await pool.query<IbsafeSchedule>(text)).rows;
}
