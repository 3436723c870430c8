import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { exclusivelyOn } from '../../src/database/exclusively.js';
import { governPool } from '../../src/database/governed-pool.js';
import { openPool } from '../../src/database/pool.js';
import { Lines, type StatementOwner, statementOwner } from '../../src/database/statement-owner.js';
import { createEmptyDatabase } from '../support/empty-database.js';
import { lockWaiters } from '../support/lock-waiters.js';
import type { TestDatabase } from '../support/test-database.js';

const LOCK = 'select pg_advisory_lock(hashtext($1))';

/** A caller who may have one connection at a time. */
function ownerOfOne(): StatementOwner {
  let last: Promise<void> = Promise.resolve();
  return {
    async admit() {
      const before = last;
      const { promise, resolve } = Promise.withResolvers<void>();
      last = promise;
      await before;
      return resolve;
    },
    onStopped: () => () => undefined,
    caller: 'kim',
    lines: new Lines(),
    waits: false,
    whenAllWent: (listener) => listener(),
  };
}

describe('work that processes take turns in', () => {
  let database: TestDatabase;
  let pool: Pool;
  /** Another process, as far as PostgreSQL knows. */
  let other: Pool;
  const open = (max: number): Pool => openPool({ url: database.url, max, name: 'test', onError: () => undefined });

  beforeAll(async () => {
    database = await createEmptyDatabase();
    other = open(4);
    pool = governPool(open(4), other);
  });
  afterAll(async () => {
    await Promise.all([pool.end(), other.end()]);
    await database.drop();
  });

  it('is done for twenty who want it at once, one after the other, with statements of its own, while others are answered', async () => {
    const exclusively = exclusivelyOn(pool);
    const holder = await other.connect();
    await holder.query(LOCK, ['batch same']);
    let inside = 0;
    const all = Array.from({ length: 20 }, (_, at) =>
      exclusively('same', async () => {
        expect((inside += 1)).toBe(1);
        await pool.query('select 1');
        inside -= 1;
        return at;
      }),
    );
    await lockWaiters(other, 1, 'advisory');
    expect((await pool.query<{ one: number }>('select 1 as one')).rows).toEqual([{ one: 1 }]); // such as the renewal of a lease
    expect(pool.waitingCount).toBe(0);
    holder.release(true);
    expect(await Promise.all(all)).toEqual(Array.from({ length: 20 }, (_, at) => at));
  });

  it('waits for nobody who wants another thing', async () => {
    const exclusively = exclusivelyOn(pool);
    const answer = await exclusively('one', () => exclusively('two', () => Promise.resolve('done')));
    expect(answer).toBe('done');
  });

  it('goes on for the next after one that failed, and after a connection that was lost', async () => {
    const exclusively = exclusivelyOn(pool);
    const failing = exclusively('same', () => Promise.reject(new Error('of the work')));
    // Of this database alone: other tests' locks lie in the same cluster.
    const ours = `locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`;
    const cut = exclusively('same', () => other.query(`select pg_terminate_backend(pid) from pg_locks where ${ours}`));
    const last = exclusively('same', () => Promise.resolve('done'));
    await expect(failing).rejects.toThrow('of the work');
    await cut;
    expect(await last).toBe('done');
  });

  it('takes turns with other processes', async () => {
    const [here, there] = [exclusivelyOn(pool), exclusivelyOn(other)];
    let inside = 0;
    const work = async (): Promise<void> => {
      expect((inside += 1)).toBe(1);
      await other.query('select 1');
      inside -= 1;
    };
    await Promise.all([here, there, here, there].map((exclusively) => exclusively('same', work)));
    expect(inside).toBe(0);
  });

  it('needs no second place of a caller who has one', async () => {
    const exclusively = exclusivelyOn(pool);
    const done = await statementOwner.run(ownerOfOne(), () =>
      Promise.all([1, 2].map((each) => exclusively('same', () => pool.query(`select ${each} as found`)))),
    );
    expect(done.map(({ rows }) => rows)).toEqual([[{ found: 1 }], [{ found: 2 }]]);
  });
});
