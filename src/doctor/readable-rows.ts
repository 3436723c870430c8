import type { Pool } from 'pg';
import { IBSAFE } from '../records/ibsafe-names.js';
import { HAS_UNREADABLE, IS_SHOWN } from '../records/shown-advice.js';
import { ok, warning, type CheckResult } from './finding.js';
import { tell } from './finding-words.js';

/** Rows that are looked at, the newest: some seconds. */
const LOOKED_AT = 100_000;

const COUNTS = `select count(*)::int as looked, (count(*) filter (where not ${IS_SHOWN}))::int as "leftOut",
    (count(*) filter (where ${IS_SHOWN} and (${HAS_UNREADABLE})))::int as "withGaps"
  from (select * from ${IBSAFE.interventions} order by id desc limit ${LOOKED_AT}) i`;

interface Counts {
  readonly looked: number;
  readonly leftOut: number;
  readonly withGaps: number;
}

/** Whether rows of interventions hold what is not shown, this service's or others'. It says how many, and of no person. */
export async function judgeRows(pool: Pool): Promise<CheckResult> {
  const { looked, leftOut, withGaps } = (await pool.query<Counts>(COUNTS)).rows[0] as Counts;
  if (leftOut + withGaps === 0) return ok(tell('ROWS_READABLE', { looked }));
  return warning(tell('ROWS_UNREADABLE', { looked, leftOut, withGaps }), tell('MEND_ROWS'));
}
