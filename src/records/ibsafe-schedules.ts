import type pg from 'pg';
import type { IbsafeSchedule } from '../application/ports.js';
import { IBSAFE } from './ibsafe-names.js';

/** PostgreSQL's code for a table that is not there. */
const UNDEFINED_TABLE = '42P01';

/** Characters of a text that are read: enough to see that it is too long. */
const LENGTH = 1_000;

/** Reads IBSafe's own schedules, oldest first; undefined where its table is missing, as in releases before it had a batch. */
export async function ibsafeSchedules(pool: Pick<pg.Pool, 'query'>): Promise<readonly IbsafeSchedule[] | undefined> {
  const text = `select id::text as id, left(name, ${LENGTH}) as name, left(frequency, ${LENGTH}) as frequency, hour, minute, is_active is true as active from ${IBSAFE.schedules} s order by s.id`;
  try {
    return (await pool.query<IbsafeSchedule>(text)).rows;
  } catch (error) {
    if ((error as { code?: unknown }).code === UNDEFINED_TABLE) return undefined;
    throw error;
  }
}
