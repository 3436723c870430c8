import { DatabaseError, type Pool, type PoolClient } from 'pg';
import { inTransaction } from '../../database/in-transaction.js';

/** What a rebuild may do. `compare` only reads and locks nothing; `replace` keeps writers of the views waiting. */
export type Mode = 'compare' | 'replace';

// The log is locked against a month's being let go before the snapshot is taken: what is in neither, or in both, would be a difference.
const KEEP_MONTHS = 'lock table batch.event in access share mode';

// Read only: such a transaction has no id of its own, so followers of the log do not wait for it, however long it takes.
const READ_ONLY: Readonly<Record<Mode, string>> = { compare: ' read only', replace: '' };

const LOCKS: Readonly<Record<Mode, readonly string[]>> = {
  compare: [KEEP_MONTHS],
  // The snapshot is taken after the lock: all that was appended is in the views by then, and nothing is added to either. EXCLUSIVE, because
  // writers hold rows by SELECT … FOR UPDATE, which the weaker modes let pass; and in the order in which writers take the views.
  replace: [
    'lock table batch.schedule_view, batch.backfill_view, batch.backfill_date_view, batch.run_view, batch.night_view, batch.chunk_view, batch.low_fodmap_days, batch.let_go_month in exclusive mode',
    KEEP_MONTHS,
  ],
};

const DEADLOCK = '40P01';
const TRIES = 3;

/** Runs `work` on one snapshot of log and views, which agree in it: an append changes the views in the same transaction. */
export async function onSnapshot<T>(pool: Pool, mode: Mode, work: (client: PoolClient) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(pool, mode, work);
    } catch (error) {
      if (attempt === TRIES || !(error instanceof DatabaseError && error.code === DEADLOCK)) throw error;
    }
  }
}

function once<T>(pool: Pool, mode: Mode, work: (client: PoolClient) => Promise<T>): Promise<T> {
  return inTransaction(pool, `isolation level repeatable read${READ_ONLY[mode]}`, async (client) => {
    for (const statement of LOCKS[mode]) await client.query(statement);
    await client.query("set local timezone = 'UTC'"); // differences show times as text
    await client.query("set local work_mem = '64MB'"); // outcomes are grouped in memory: sorting them on disk takes twice as long
    return work(client);
  });
}
