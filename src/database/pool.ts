import { Pool, type Client, type PoolClient, type PoolConfig } from 'pg';
import { endsWithin } from '../base/ends-within.js';
import { BatchClient } from './batch-client.js';
import { connectionConfig, type ConnectionOptions } from './connect.js';

/** How a pool differs from the usual one. */
export interface PoolOptions extends ConnectionOptions {
  readonly max: number;
  /** How values are read that come from PostgreSQL, where a library wants them otherwise. */
  readonly types?: PoolConfig['types'];
  /** Told of a connection that broke while idle, or in use: without a listener either would end the process. */
  readonly onError: (error: Error) => void;
}

/** Whether a statement was given up because no answer came: its connection is of no use any more, not even for a rollback. */
export function isUnanswered(error: unknown): boolean {
  return error instanceof Error && error.message === 'Query read timeout'; // pg gives it no code
}

/** A pool that survives its connections. */
export function openPool({ max, types, onError, ...connection }: PoolOptions): Pool {
  const made = { ...connectionConfig(connection), max, ...(types && { types }) };
  // The type of `Client` knows no constructor with arguments; the pool hands over what it was made from.
  const pool = new Pool({ ...made, Client: BatchClient as unknown as NonNullable<PoolConfig['Client']> });
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

/** What was cut off is waited for no longer (ms): a caller who holds a connection may never give it back. */
const LAST_MS = 1_000;

/**
 * Closes a pool that `openPool` made. A statement that still runs after `graceMs` is cut off with its connection, and PostgreSQL rolls it back:
 * a process that must stop cannot wait for a lock that another process holds. It ends, whatever still holds a connection.
 */
export async function closePool(pool: Pool, graceMs: number): Promise<void> {
  const cut = setTimeout(() => {
    for (const client of connected.get(pool) ?? []) void (client as unknown as Client).end().catch(() => undefined);
  }, graceMs);
  await endsWithin(graceMs + LAST_MS, pool.end());
  clearTimeout(cut);
}
