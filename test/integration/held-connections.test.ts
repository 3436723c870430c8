import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { GraphQLError } from 'graphql';
import type { Pool, PoolClient } from 'pg';
import { governPool } from '../../src/database/governed-pool.js';
import { waitsForLock } from '../../src/database/held-connections.js';
import { openPool } from '../../src/database/pool.js';
import { statementOwner } from '../../src/database/statement-owner.js';
import { USUAL_LIMITS } from '../../src/server/operations/desk-limits.js';
import { Operation } from '../../src/server/operations/operation.js';
import { Places } from '../../src/server/operations/places.js';
import { createEmptyDatabase } from '../support/empty-database.js';
import { lockWaiters } from '../support/lock-waiters.js';
import type { TestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';

const LOCK = 'select pg_advisory_lock(1)';

describe('an operation at its deadline, while another of its process waits for a lock of another session', () => {
  let database: TestDatabase;
  /** Of another process, which has the lock. */
  let other: Pool;
  let holder: PoolClient;
  let cancels: Pool;
  let pool: Pool;
  /** A caller may have one connection, of two. */
  let places: Places;
  let operations: Operation[];
  let ended: Promise<unknown>[];
  const open = (max: number): Pool => openPool({ url: database.url, max, name: 'test', onError: () => undefined });
  const operationOf = (caller: string): Operation => {
    const operation = new Operation(caller, USUAL_LIMITS, places);
    operations.push(operation);
    return operation;
  };
  const ask = (operation: Operation, text: string): void =>
    void ended.push(statementOwner.run(operation, () => pool.query(text).catch((error: unknown) => error)));

  beforeAll(async () => {
    database = await createEmptyDatabase();
  });
  beforeEach(async () => {
    [other, cancels, pool] = [open(2), open(1), open(2)];
    governPool(pool, cancels);
    places = new Places({ each: 1, all: Number.POSITIVE_INFINITY, waiting: Number.POSITIVE_INFINITY });
    [operations, ended] = [[], []];
    holder = await other.connect();
    await holder.query(LOCK);
    ask(operationOf('kim'), LOCK);
    await lockWaiters(cancels, 1, 'advisory');
  });
  afterEach(async () => {
    holder.release(true);
    for (const operation of operations) operation.stop(new GraphQLError('over'));
    await Promise.all(ended);
    await Promise.all([other, pool, cancels].map((each) => each.end()));
  });
  afterAll(() => database.drop());

  it('waits for it in line behind its caller’s, and not where it asks the database for nothing', async () => {
    const [inLine, busy] = [operationOf('kim'), operationOf('kim')];
    ask(inLine, 'select 1');
    expect([await waitsForLock(inLine), await waitsForLock(busy)]).toEqual([true, false]);
  });

  it('waits for it where no connection is left for any caller, and not where its caller’s are busy with something else', async () => {
    const [busy, behind, left] = [operationOf('park'), operationOf('park'), operationOf('lee')];
    ask(busy, 'select pg_sleep(3600)');
    await until(async () => (await cancels.query(`select 1 from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()`)).rowCount === 1); // prettier-ignore
    ask(behind, 'select 1');
    ask(left, 'select 1');
    await until(() => Promise.resolve(pool.waitingCount === 1));
    expect([await waitsForLock(busy), await waitsForLock(behind), await waitsForLock(left)]).toEqual([false, false, true]);
  });
});
