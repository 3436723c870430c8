import type { Queryable } from './postgres-log.js';

/** Tells the time of what this transaction appends from here on. The append refuses it anywhere but in the history of a demo (migration 045). */
export async function tellTime(db: Queryable, at: Date): Promise<void> {
  await db.query("select set_config('batch.event_time', $1, true)", [at.toISOString()]);
}
