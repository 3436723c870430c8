import type { IdempotencyKeys, KeyedOrder } from '../application/ports.js';
import type { Queryable } from '../eventlog/postgres-log.js';

/** Days after which a key is free again. A client that got no answer asks within minutes; the look for late records within a day. */
const KEY_DAYS = 30;

/** Idempotency keys, per caller, inside the transaction that makes the run: key and run appear together or not at all. */
export class PostgresIdempotencyKeys implements IdempotencyKeys {
  constructor(private readonly db: Queryable) {}

  async take({ actor, key, order, runId }: KeyedOrder): Promise<{ runId: string; isSame: boolean } | undefined> {
    // The table keeps a hash of the order, by a trigger of its own. Waits on a concurrent insert of the same key until that transaction ends, then does nothing.
    const insert = `insert into batch.idempotency_key (actor, key, fingerprint, run_id) values ($1, $2, $3, $4) on conflict do nothing`;
    if ((await this.db.query(insert, [actor, key, order, runId])).rowCount === 1) return undefined;
    const select = `select run_id as "runId", batch.is_order(fingerprint, $3) as "isSame" from batch.idempotency_key where actor = $1 and key = $2`;
    const { rows } = await this.db.query<{ runId: string; isSame: boolean }>(select, [actor, key, order]);
    if (rows[0] === undefined) throw new Error('an idempotency key was removed while it was read');
    return rows[0];
  }
}

/** Keys that one statement lets go of: none holds many rows for long. */
const AT_ONCE = 1_000;

/** Lets go of keys that were taken so long ago that no client asks again. @returns how many there were */
export async function letGoOfKeys(db: Pick<Queryable, 'query'>): Promise<number> {
  const text = `delete from batch.idempotency_key where ctid = any(array(select ctid from batch.idempotency_key
    where created_at < clock_timestamp() - interval '${KEY_DAYS} days' order by created_at limit ${AT_ONCE} for update skip locked))`;
  let [all, gone] = [0, AT_ONCE];
  while (gone === AT_ONCE) {
    gone = (await db.query(text)).rowCount ?? 0;
    all += gone;
  }
  return all;
}
