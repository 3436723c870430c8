import type { Pool } from 'pg';
import { IBSAFE } from '../records/ibsafe-names.js';
import { MAX_FOOD_ID } from '../records/record-lists.js';
import { ok, problem, warning, type CheckResult } from './finding.js';
import { tell } from './finding-words.js';

/** The greatest id of a user that is held: an int of PostgreSQL's. */
const MAX_USER_ID = 2_147_483_647;

const COUNTS = `select exists (select from ${IBSAFE.users} where id > ${MAX_USER_ID}) as "isTooHigh", exists (select from ${IBSAFE.foodRecords}) as "isEaten", count(*)::int as foods,
    (count(*) filter (where f.id < 0 or f.id > ${MAX_FOOD_ID}))::int as "unread", (count(f.id) - count(distinct f.id))::int as "twice" from ${IBSAFE.foods} f`;

interface Counts {
  readonly isTooHigh: boolean;
  /** Whether a food was recorded that a patient ate. */
  readonly isEaten: boolean;
  readonly foods: number;
  readonly unread: number;
  readonly twice: number;
}

/** Whether ids of accounts can be held, and whether foods are known and each by one row. */
export async function judgeHeld(pool: Pool): Promise<CheckResult> {
  const { isTooHigh, isEaten, foods, unread, twice } = (await pool.query<Counts>(COUNTS)).rows[0] as Counts;
  if (isTooHigh) return problem(tell('USER_ID_TOO_HIGH', { most: MAX_USER_ID }), tell('GIVE_LOWER_IDS'));
  if (foods === 0 && isEaten) return warning(tell('FOODS_NONE'), tell('MEND_FOODS'));
  if (unread > 0) return warning(tell('FOODS_TOO_HIGH', { count: unread, most: MAX_FOOD_ID }), tell('MEND_FOODS'));
  if (twice > 0) return warning(tell('FOODS_TWICE', { count: twice }), tell('MEND_FOODS'));
  return ok(tell('USERS_AND_FOODS_HELD', { foods }));
}
