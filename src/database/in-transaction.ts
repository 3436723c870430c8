import type pg from 'pg';
import { isUnanswered } from './pool.js';

/**
 * Runs `work` in a transaction on a client of its own. What it throws rolls back; a connection that does not answer any more is closed instead.
 *
 * @param mode what follows BEGIN, such as `read only`
 */
export async function inTransaction<T>(
  pool: Pick<pg.Pool, 'connect'>,
  mode: string,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query(`begin ${mode}`.trimEnd());
    const result = await work(client);
    const { command } = await client.query('commit');
    // PostgreSQL ends a transaction in which a statement failed with that word alone, and no error: what the caller takes for written is not there.
    if (command === 'ROLLBACK') throw new Error('a statement of the transaction failed and was passed over: nothing of it was written');
    return result;
  } catch (error) {
    if (isUnanswered(error)) broken = true;
    else await client.query('rollback').catch(() => (broken = true));
    throw error;
  } finally {
    client.release(broken);
  }
}
