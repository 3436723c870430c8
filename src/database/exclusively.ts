import type pg from 'pg';
import { statementOwner } from './statement-owner.js';

/**
 * Runs `work` under an advisory lock that all processes share, held by a connection of its own: it goes when the process does. Callers of the same lock
 * in one process wait before they take a connection: `work` needs one too, and waiting callers could have them all.
 */
export function exclusivelyOn(pool: pg.Pool): <T>(name: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return async (name, work) => {
    const before = last.get(name);
    const turn = (before ?? Promise.resolve()).then(() => underLock(pool, name, work));
    const over = turn.catch(() => undefined);
    last.set(name, over);
    try {
      return await turn;
    } finally {
      if (last.get(name) === over) last.delete(name);
    }
  };
}

async function underLock<T>(pool: pg.Pool, name: string, work: () => Promise<T>): Promise<T> {
  // Outside of the share that a caller has of the connections: his work could wait for the place that his lock has taken.
  const client = await statementOwner.run(undefined, () => pool.connect());
  try {
    await client.query('select pg_advisory_lock(hashtext($1))', [`batch ${name}`]);
    return await work();
  } finally {
    // Closed instead of given back: a lock that could not be released must not wait in the pool.
    const unlocked = await client.query('select pg_advisory_unlock(hashtext($1))', [`batch ${name}`]).then(() => true, () => false); // prettier-ignore
    client.release(!unlocked);
  }
}
