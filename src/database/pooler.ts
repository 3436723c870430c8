import type { Client } from 'pg';
import { DatabaseRefused } from './refused.js';

/** How often two clients ask, twice each, who serves them. */
const ROUNDS = 4;
const WHO = 'select pg_catalog.pg_backend_pid() as pid';

const SHARED =
  'DATABASE_URL leads to a pooler that lends a session to others between transactions (pool_mode = transaction or statement): locks, LISTEN and settings ' +
  'would be lost, and ours would reach the app. Nothing was changed. Use a pool with pool_mode = session for this service, or its PostgreSQL directly.';
const FULL =
  'DATABASE_URL leads to a pooler that has no second session for this service (default_pool_size or max_user_connections is too small): it needs about ' +
  '30 for each process (WORKER_LANES + 27). Nothing was changed. Raise it, or name PostgreSQL directly.';

/**
 * Refuses a pooler that gives sessions away between transactions: two clients that are connected at the same time are served by the same backend,
 * or one client by several. Asks only, and leaves nothing behind. @throws DatabaseRefused
 */
export async function refuseSharedSessions(first: Client, connect: () => Promise<Client>): Promise<void> {
  const second = await connect().catch((error: unknown) => {
    throw isUnanswered(error) ? new DatabaseRefused(FULL) : error;
  });
  try {
    const seen = [new Set<number>(), new Set<number>()] as const;
    // Each twice in a row: a pooler that goes round its two sessions would give each client the same one again if they took turns.
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [at, client] of [first, first, second, second].entries()) seen[at < 2 ? 0 : 1].add(await backendOf(client));
    }
    if (seen[0].size > 1 || seen[1].size > 1 || [...seen[0]].some((pid) => seen[1].has(pid))) throw new DatabaseRefused(SHARED);
  } finally {
    await second.end().catch(() => undefined);
  }
}

async function backendOf(client: Client): Promise<number> {
  try {
    const { rows } = await client.query<{ pid: number }>(WHO);
    return rows[0]?.pid ?? -1;
  } catch (error) {
    throw isUnanswered(error) ? new DatabaseRefused(FULL) : error;
  }
}

function isUnanswered(error: unknown): boolean {
  return (
    error instanceof Error && /^(Query read timeout|timeout expired|Connection terminated due to connection timeout)/.test(error.message)
  );
}
