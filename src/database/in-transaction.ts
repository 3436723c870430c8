import type pg from 'pg';
import { isUnanswered } from './pool.js';

/**
 * Runs `work` in a transaction on a client of its own. What it throws rolls back; a connection that does not answer any more is closed instead.
 *
 * @param mode what follows BEGIN, such as `read only`
 * @param isWritten asked where COMMIT was not answered, and the client is given back: whether all the same it was carried out. Where the server refuses one, it was not
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
    if (done.length === 0 || isAnswer(error) || !(await isWritten())) throw error;
    return done[0] as T;
  }
}

/** A commit that PostgreSQL answered by undoing all. */
class PassedOver extends Error {}

/** A SQLSTATE; system errors' codes, EPIPE too, have no digit. */
const SQLSTATE = /^(?=.*\d)[0-9A-Z]{5}$/;
/** SQLSTATEs of a connection that ended, or was ended: what became of its last statement is not known. */
const ENDED = /^(08|57P)/;

/** Whether an error is what the server says of a statement: it did nothing. */
export function isAnswer(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return error instanceof PassedOver || (typeof code === 'string' && SQLSTATE.test(code) && !ENDED.test(code));
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
    if (command === 'ROLLBACK')
      throw new PassedOver('a statement of the transaction failed and was passed over: nothing of it was written');
    return result;
  } catch (error) {
    if (isUnanswered(error)) broken = true;
    else await client.query('rollback').catch(() => (broken = true));
    throw error;
  } finally {
    client.release(broken);
  }
}
