import { Pool, type Client, type PoolClient } from 'pg';

/** How a pool differs from the usual one. */
export interface PoolOptions {
  readonly url: string;
  readonly max: number;
  /** Shown in `pg_stat_activity`. */
  readonly name: string;
  readonly searchPath?: string;
  /** Told of a connection that broke while idle, or in use: without a listener either would end the process. */
  readonly onError: (error: Error) => void;
}

/** Ends a transaction that somebody forgot: an open one hides every later event from all followers. In ms. */
const IDLE_IN_TRANSACTION_MS = 30_000;

/** A pool that survives its connections. A connection is tried for 10 s before the caller gets an error. */
export function openPool({ url, max, name, searchPath, onError }: PoolOptions): Pool {
  const options = [`-c idle_in_transaction_session_timeout=${IDLE_IN_TRANSACTION_MS}`];
  if (searchPath !== undefined) options.push(`-c search_path=${searchPath}`);
  const pool = new Pool({
    connectionString: url,
    max,
    application_name: `ibsafe-batch ${name}`,
    options: options.join(' '),
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  });
  pool.on('error', onError);
  const clients = new Set<PoolClient>();
  connected.set(pool, clients);
  pool.on('connect', (client) => {
    client.on('error', onError);
    clients.add(client);
  });
  pool.on('remove', (client) => void clients.delete(client));
  return pool;
}

const connected = new WeakMap<Pool, Set<PoolClient>>();

/**
 * Closes a pool that `openPool` made. A statement that still runs after `graceMs` is cut off with its connection, and PostgreSQL rolls it back:
 * a process that must stop cannot wait for a lock that somebody else holds.
 */
export async function closePool(pool: Pool, graceMs: number): Promise<void> {
  const cut = setTimeout(() => {
    for (const client of connected.get(pool) ?? []) void (client as unknown as Client).end().catch(() => undefined);
  }, graceMs);
  await pool.end();
  clearTimeout(cut);
}
