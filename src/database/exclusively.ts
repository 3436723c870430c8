import type pg from 'pg';

/** Runs `work` under an advisory lock that all processes share, held by a connection of its own: it goes when the process does. */
export function exclusivelyOn(pool: pg.Pool): <T>(name: string, work: () => Promise<T>) => Promise<T> {
  return async (name, work) => {
    const client = await pool.connect();
    try {
      await client.query('select pg_advisory_lock(hashtext($1))', [`batch ${name}`]);
      return await work();
    } finally {
      // Closed instead of given back: a lock that could not be released must not wait in the pool.
      const unlocked = await client.query('select pg_advisory_unlock(hashtext($1))', [`batch ${name}`]).then(() => true, () => false); // prettier-ignore
      client.release(!unlocked);
    }
  };
}
