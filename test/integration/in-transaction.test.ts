import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { inTransaction } from '../../src/database/in-transaction.js';
import { closePool, openPool } from '../../src/database/pool.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = openPool({ url: database.url, max: 1, name: 'transactions', onError: () => undefined });
  await pool.query('create table public.kept (word text)');
});
afterAll(async () => {
  await closePool(pool, 0);
  await database.drop();
});

async function kept(): Promise<string[]> {
  return (await pool.query<{ word: string }>('delete from public.kept returning word')).rows.map(({ word }) => word);
}

/** Writes a word in a transaction, and throws after it for the word "thrown". */
function write(word: string): Promise<number> {
  return inTransaction(pool, '', async (client) => {
    await client.query('insert into public.kept values ($1)', [word]);
    if (word === 'thrown') throw new Error('after it was written');
    return 7;
  });
}

describe('a transaction', () => {
  it('is there when its work has ended, and not where that threw', async () => {
    await expect(write('thrown')).rejects.toThrow('after it was written');
    expect(await write('written')).toBe(7);
    expect(await kept()).toEqual(['written']);
  });

  it('is refused where a statement failed and its work went on, since PostgreSQL answers the commit of it as if all were well', async () => {
    const passedOver = inTransaction(pool, '', async (client) => {
      await client.query("insert into public.kept values ('lost')");
      await client.query('select 1 / 0').catch(() => undefined);
      return 'written';
    });
    await expect(passedOver).rejects.toThrow('nothing of it was written');
    expect(await kept()).toEqual([]); // over the pool's only connection: it was given back, and no transaction is open on it
  });

  it('whose COMMIT the server refuses is an error at once: whether it is written is asked where no answer came alone', async () => {
    await pool.query('create table public.once (word text unique deferrable initially deferred)');
    let asked = 0;
    const isWritten = (): Promise<boolean> => Promise.resolve((asked += 1) > 0);
    const twice = inTransaction(pool, '', (client) => client.query("insert into public.once values ('a'), ('a')"), isWritten);
    await expect(twice).rejects.toMatchObject({ code: '23505' });
    const passedOver = inTransaction(pool, '', (client) => client.query('select 1 / 0').catch(() => 'gone on'), isWritten);
    await expect(passedOver).rejects.toThrow('nothing of it was written');
    expect(asked).toBe(0);
    const ended = inTransaction(
      pool,
      '',
      async (client) => {
        const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
        await client.query('select pg_terminate_backend($1)', [rows[0]?.pid]).catch(() => undefined);
        return 'done';
      },
      isWritten,
    );
    expect([await ended, asked]).toEqual(['done', 1]);
  });

  it('whose work undid what failed is there with the rest', async () => {
    await inTransaction(pool, '', async (client) => {
      await client.query("insert into public.kept values ('first'); savepoint there");
      await client.query('select 1 / 0').catch(() => client.query('rollback to savepoint there'));
      await client.query("insert into public.kept values ('second')");
    });
    expect(await kept()).toEqual(['first', 'second']);
  });
});
