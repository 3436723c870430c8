import type pg from 'pg';
import { isUnanswered } from './pool.js';

/**
 * Runs `work` in a transaction on a client of its own. What it throws rolls back; a connection that does not answer any more is closed instead.
 *
 * @param mode what follows BEGIN, such as `read only`
 * @param isWritten asked where COMMIT failed, its answer lost perhaps, and the client is given back: whether all the same it was carried out
 */
export async function inTransaction<T>(
  pool: Pick<pg.Pool, 'connect'>,
  mode: string,
  work: (client: pg.PoolClient) => Promise<T>,
  isWritten: () => Promise<boolean> = () => Promise.resolve(false),
): Promise<T> {
  const done: T[] = [];
  try {
    return await onceIn(pool, mode, work, done);
  } catch (error) {
    if (done.length === 0 || !(await isWritten())) throw error;
    return done[0] as T;
  }
}

/** @param done given what the work came to, before it is committed */
async function onceIn<T>(pool: Pick<pg.Pool, 'connect'>, mode: string, work: (client: pg.PoolClient) => Promise<T>, done: T[]): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query(`begin ${mode}`.trimEnd());
    const result = await work(client);
    done.push(result);
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
