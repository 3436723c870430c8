import type { Pool } from 'pg';
import type { EventLog } from '../../../src/application/ports.js';
import { openPool } from '../../../src/database/pool.js';
import { MemoryLog } from './memory-log.js';
import { PostgresLog } from '../../../src/eventlog/postgres-log.js';
import { createTestDatabase } from '../../support/test-database.js';
import { until } from '../../support/until.js';
import { MONTH } from './events.js';
import type { OpenLog } from './log-contract.js';

/** A log in memory. */
export function openMemoryLog(): Promise<OpenLog> {
  return Promise.resolve({ log: new MemoryLog(), close: () => Promise.resolve() });
}

/** A log on a database of its own. An append is a transaction, and resolves once readers may see it. */
export async function openPostgresLog(): Promise<OpenLog & { readonly pool: Pool; readonly url: string }> {
  const database = await createTestDatabase();
  const pool = openPool({ url: database.url, max: 6, name: 'log', onError: () => undefined });
  // Whoever makes a month keeps others who want it waiting until it commits: made here, transactions of a test wait for no other.
  await pool.query('select batch.ensure_partition($1)', [MONTH]);
  const log = new PostgresLog(pool);
  const append: EventLog['append'] = async (target, events) => {
    const appended = await log.append(target, events);
    await settled(pool);
    return appended;
  };
  const readable: EventLog = { append, readStream: log.readStream.bind(log), readAfter: log.readAfter.bind(log), head: log.head.bind(log) };
  const close = async (): Promise<void> => {
    await pool.end();
    await database.drop();
  };
  return { log: readable, pool, url: database.url, close };
}

/**
 * Resolves when everything committed can be read. Readers stay behind the oldest writing transaction of the whole cluster, and other test files
 * write to databases of the same one.
 */
export async function settled(pool: Pool): Promise<void> {
  const hidden = 'select exists (select from batch.event where xid >= pg_snapshot_xmin(pg_current_snapshot())) as hidden';
  await until(async () => (await pool.query<{ hidden: boolean }>(hidden)).rows[0]?.hidden === false);
}
