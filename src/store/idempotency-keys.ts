import type { IdempotencyKeys } from '../application/ports.js';
import type { Queryable } from '../eventlog/postgres-log.js';

/** Idempotency keys, per caller, inside the transaction that makes the run: key and run appear together or not at all. */
export class PostgresIdempotencyKeys implements IdempotencyKeys {
  constructor(private readonly db: Queryable) {}

  async take(entry: {
    actor: string;
    key: string;
    fingerprint: string;
    runId: string;
  }): Promise<{ runId: string; fingerprint: string } | undefined> {
    const { actor, key, fingerprint, runId } = entry;
    // Waits on a concurrent insert of the same key until that transaction ends, then does nothing.
    const insert = `insert into batch.idempotency_key (actor, key, fingerprint, run_id) values ($1, $2, $3, $4) on conflict do nothing`;
    if ((await this.db.query(insert, [actor, key, fingerprint, runId])).rowCount === 1) return undefined;
    const select = `select run_id, fingerprint from batch.idempotency_key where actor = $1 and key = $2`;
    const { rows } = await this.db.query<{ run_id: string; fingerprint: string }>(select, [actor, key]);
    const row = rows[0];
    if (row === undefined) throw new Error('an idempotency key was removed while it was read');
    return { runId: row.run_id, fingerprint: row.fingerprint };
  }
}
