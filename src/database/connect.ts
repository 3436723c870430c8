import type { Client } from 'pg';
import { parseAddress } from './address.js';
import { BatchClient, type BatchClientConfig } from './batch-client.js';
import { clientConfig, leaveClient } from './plain-client.js';

/** Ends a transaction that a client forgot: an open one hides every later event from all followers. In ms. */
const IDLE_IN_TRANSACTION_MS = 30_000;

/** How a connection differs from the usual one. */
export interface ConnectionOptions {
  readonly url: string;
  /** Shown in `pg_stat_activity`. */
  readonly name: string;
  /** A schema of our own whose names a library does not qualify; without it every name is. */
  readonly searchPath?: string;
  /** A role that its user is a member of, and whose rights and ownership it takes on. */
  readonly role?: string;
  /** Longest time in ms that a statement may take; without it as long as it takes. */
  readonly statementMs?: number;
  /** Longest time in ms that a lock is waited for which another transaction holds. 0, for as long as it takes, is for work that an operator watches and can end. Default: half of a statement's time, else 30 s. */
  readonly lockMs?: number;
}

/** SQLSTATE: a lock was waited for as long as it may be. */
export const LOCK_NOT_AVAILABLE = '55P03';
/** SQLSTATE: a statement took longer than it may, or was cancelled. */
export const STATEMENT_STOPPED = '57014';

/** A statement may work for as long as it takes; to wait for another's lock is no work, and the other may never end. In ms. */
const LOCK_MS = 30_000;

/** How much longer than the server (ms) we wait: it has the first word, and only one that cannot be heard any more is given up. */
const BEYOND_SERVER_MS = 2_000;

/**
 * What every connection is made from, a pool's and one alone. Limits by which no caller waits for ever: for a lock or a slow statement, which the server
 * ends; and for an answer over a connection that died without a word, which we end.
 */
export function connectionConfig({ url, name, searchPath, role, statementMs, lockMs }: ConnectionOptions): BatchClientConfig {
  const address = parseAddress(url);
  return {
    ...clientConfig(address, name),
    ...(statementMs !== undefined && { query_timeout: statementMs + BEYOND_SERVER_MS }),
    ...(searchPath !== undefined && { searchPath }),
    ...(role !== undefined && { role }),
    address,
    limits: {
      statementMs: statementMs ?? 0,
      // Sooner than the statement, so that the code tells waiting for another (55P03) from working too long (57014).
      lockMs: lockMs ?? (statementMs === undefined ? LOCK_MS : Math.ceil(statementMs / 2)),
      idleInTransactionMs: Math.min(IDLE_IN_TRANSACTION_MS, statementMs ?? Number.POSITIVE_INFINITY),
    },
  };
}

/** A connection that is not open yet, for callers that must hear of its end before it is. */
export function newClient(options: ConnectionOptions & Pick<BatchClientConfig, 'query_timeout'>): Client {
  const { query_timeout, ...others } = options;
  return new BatchClient({ ...connectionConfig(others), ...(query_timeout !== undefined && { query_timeout }) });
}

/** Opens a connection for the time of `work`. Its statements take as long as they take, unless told otherwise. */
export async function withClient<T>(options: ConnectionOptions, work: (client: Client) => Promise<T>): Promise<T> {
  const client = newClient(options);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await leaveClient(client);
  }
}
