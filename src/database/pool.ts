import { Pool, type Client, type ClientConfig, type PoolClient } from 'pg';

/** How a pool differs from the usual one. */
export interface PoolOptions {
  readonly url: string;
  readonly max: number;
  /** Shown in `pg_stat_activity`. */
  readonly name: string;
  readonly searchPath?: string;
  /** Longest time in ms that a statement may take; without it as long as it takes. */
  readonly statementMs?: number;
  /** Told of a connection that broke while idle, or in use: without a listener either would end the process. */
  readonly onError: (error: Error) => void;
}

/** Ends a transaction that somebody forgot: an open one hides every later event from all followers. In ms. */
const IDLE_IN_TRANSACTION_MS = 30_000;

/** How much longer than the server (ms) we wait: it has the first word, and only one that cannot be heard any more is given up. */
const BEYOND_SERVER_MS = 2_000;
/** How soon, in s, the server asks after a client that says nothing, and how often until it gives it up: after a minute, instead of two hours. */
const SERVER_KEEPALIVE = ['tcp_keepalives_idle=15', 'tcp_keepalives_interval=5'];

/**
 * Limits by which nobody waits for ever: for a lock or a slow statement, which the server ends; and for an answer over a connection that died without
 * a word, which we end. They are sent as a connection opens and cost no round trip.
 */
export function timeLimits(statementMs: number): ClientConfig {
  return {
    statement_timeout: statementMs,
    // Sooner than the statement, so that the code tells waiting for somebody (55P03) from working too long (57014).
    lock_timeout: Math.ceil(statementMs / 2),
    query_timeout: statementMs + BEYOND_SERVER_MS,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  };
}

/** Whether a statement was given up because no answer came: its connection is of no use any more, not even for a rollback. */
export function isUnanswered(error: unknown): boolean {
  return error instanceof Error && error.message === 'Query read timeout'; // pg gives it no code
}

/** A connection is tried for this long (ms) before the caller gets an error; so is one of a pool whose connections are all in use. */
const CONNECT_MS = 10_000;

/** A pool that survives its connections. */
export function openPool({ url, max, name, searchPath, statementMs, onError }: PoolOptions): Pool {
  const idleMs = Math.min(IDLE_IN_TRANSACTION_MS, statementMs ?? Number.POSITIVE_INFINITY);
  const settings = [`idle_in_transaction_session_timeout=${idleMs}`, ...SERVER_KEEPALIVE];
  if (searchPath !== undefined) settings.push(`search_path=${searchPath}`);
  const pool = new Pool({
    connectionString: url,
    max,
    application_name: `ibsafe-batch ${name}`,
    options: settings.map((setting) => `-c ${setting}`).join(' '),
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    ...(statementMs !== undefined && timeLimits(statementMs)),
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
