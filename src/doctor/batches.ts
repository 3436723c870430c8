import type { Pool } from 'pg';
import { ok, warning, type CheckResult } from './finding.js';
import { tell } from './finding-words.js';

/** Hours within which a batch that ended is cleaned up at its provider, an outage of it included. */
const MAX_HOURS = 3;

const LEFT = `select count(*)::int as count, coalesce(floor(extract(epoch from clock_timestamp() - min(ended_at)) / 3600), 0)::int as hours
  from batch.model_batch where state = 'CLOSING' and ended_at < clock_timestamp() - interval '${MAX_HOURS} hours'`;

/** Whether files of batches that ended, in which the records of patients stand, still lie at the model's provider. */
export async function judgeBatches(pool: Pool): Promise<CheckResult> {
  const { rows } = await pool.query<{ count: number; hours: number }>(LEFT);
  const { count, hours } = rows[0] ?? { count: 0, hours: 0 };
  if (count === 0) return ok(tell('BATCHES_CLEAN'));
  return warning(tell('BATCHES_LEFT', { count, hours }), tell('CLEAN_UP_BATCHES'));
}
