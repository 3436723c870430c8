import type pg from 'pg';
import { lockWaiters, waitersBehind } from './lock-waiters.js';
import type { PatientsDatabase } from './patients-database.js';
import { BEGIN_HELD } from './held-transaction.js';

/** A lock on a table that keeps other sessions where a test wants them. */
export interface TableHold {
  /** For what the test does to the tables meanwhile: other sessions would wait as well. */
  readonly client: pg.PoolClient;
  /** Resolves once so many sessions wait for a lock, this one or one of those who wait for it. */
  reached(sessions: number): Promise<void>;
  /** Resolves once so many sessions wait for this very lock: nobody counts who only waits for another's row. */
  keeps(sessions: number): Promise<void>;
  /** Lets everybody go on, with what was done. */
  release(): Promise<void>;
}

/**
 * Holds workers at a step of a chunk: READING is after the claim and before anything is read, WRITING is inside the writing transaction, before its
 * first intervention. Must be released.
 */
export function holdWorkers(database: PatientsDatabase, at: 'READING' | 'WRITING'): Promise<TableHold> {
  return holdTable(database, at === 'READING' ? 'ibsafe_userprofile in access exclusive mode' : 'ibsafe_interventionrecord in share mode');
}

/** Holds whoever comes to a table, by a lock as LOCK TABLE names it. Must be released. */
export async function holdTable(database: PatientsDatabase, lock: string): Promise<TableHold> {
  const client = await database.pool.connect();
  await client.query(BEGIN_HELD);
  await client.query(`lock table ${lock}`);
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  return {
    client,
    reached: (sessions) => lockWaiters(database.pool, sessions),
    keeps: (sessions) => waitersBehind(database.pool, rows[0]?.pid ?? 0, sessions),
    async release() {
      await client.query('commit');
      client.release();
    },
  };
}
