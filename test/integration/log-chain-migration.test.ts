import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Migrator } from '@mikro-orm/migrations';
import type pg from 'pg';
import { withClient } from '../../src/database/connect.js';
import { openOrm } from '../../src/database/orm.js';
import { openPool } from '../../src/database/pool.js';
import { chainFaults } from '../../src/doctor/log-chain.js';
import { LogChainMigration } from '../../src/migrations/057-log-chain.js';
import { migrate } from '../../src/migrations/migrate.js';
import { MIGRATIONS } from '../../src/migrations/migrations.js';
import { createIbsafeTables } from '../../src/records/ibsafe-tables/create-ibsafe-tables.js';
import { createEmptyDatabase } from '../support/empty-database.js';
import { BEGIN_HELD } from '../support/held-transaction.js';
import type { TestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';

const append = (stream: string, version: number): string =>
  `select batch.append('${stream}', ${version}, '2026-05-01', null, 'test', gen_random_uuid(), null, '{RunStarted,RunResumed}', '{null,null}', array['{}', '{"a": 1.50}']::jsonb[])`;

/** A database as the release before the chain left it. */
async function withoutChain(): Promise<TestDatabase> {
  const database = await createEmptyDatabase();
  const orm = openOrm(
    { url: database.url, max: 1, name: 'test', onError: () => undefined },
    {
      dbName: new URL(database.url).pathname.slice(1),
      entities: [],
      discovery: { warnWhenNoEntities: false },
      extensions: [Migrator],
      migrations: { tableName: 'migration', schema: 'batch', migrationsList: MIGRATIONS.slice(0, MIGRATIONS.indexOf(LogChainMigration)), snapshot: false, silent: true }, // prettier-ignore
    },
  );
  await withClient({ url: database.url, name: 'test' }, async (client) => {
    await client.query('create schema batch');
    await createIbsafeTables(client);
  });
  await orm.migrator.up();
  await orm.close(true);
  return database;
}

describe('the migration that makes the chain', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  beforeEach(async () => {
    database = await withoutChain();
    pool = openPool({ url: database.url, max: 4, name: 'test', onError: () => undefined });
  });
  afterEach(async () => {
    await pool.end();
    await database.drop();
  });
  const chain = async (): Promise<readonly string[]> => {
    const client = await pool.connect();
    try {
      return await chainFaults(client);
    } finally {
      client.release();
    }
  };

  it('links what is there by one link for each stream, and what comes later stands on it', async () => {
    for (const version of [0, 2, 4]) await pool.query(append('run-a', version));
    await pool.query(append('run-b', 0));
    await migrate(database.url, { ibsafeTables: false });
    const links = 'select stream, version_from, version_to from batch.event_link order by stream, version_to';
    expect((await pool.query(links)).rows).toEqual([
      { stream: 'run-a', version_from: 1, version_to: 6 },
      { stream: 'run-b', version_from: 1, version_to: 2 },
    ]);
    await pool.query(append('run-a', 6));
    expect(await chain()).toEqual([]);
    await pool.query('alter table batch.event_log disable trigger event_no_change');
    await pool.query("update batch.event_log set actor = 'x' where stream = 'run-a' and version = 3");
    expect(await chain()).toEqual([expect.stringMatching(/^month 2026-05, run-a, versions 1 to 6: an event/)]);
  });

  it('waits for an append that goes on, links it, and has the one that waits for the migration made again', async () => {
    await pool.query(append('run-a', 0));
    const [first, second] = [await pool.connect(), await pool.connect()];
    try {
      await first.query(BEGIN_HELD);
      await first.query(append('run-a', 2));
      await first.query(append('run-c', 0));
      const migrating = migrate(database.url, { ibsafeTables: false });
      const waiting = (mode: string): Promise<boolean> =>
        pool.query(`select from pg_locks where relation = 'batch.event'::regclass and not granted and mode = '${mode}'`).then(({ rowCount }) => rowCount === 1); // prettier-ignore
      await until(() => waiting('ShareRowExclusiveLock'));
      const late = second.query(append('run-d', 0)).catch((error: unknown) => error);
      await until(() => waiting('RowExclusiveLock'));
      await first.query('commit');
      await migrating;
      // The migrations want the log alone after they held it for writers: PostgreSQL ends one of the two, and both make their work again.
      const ended = await late;
      if (ended instanceof Error) {
        expect(ended).toMatchObject({ code: expect.stringMatching(/^40(001|P01)$/) });
        await second.query(append('run-d', 0));
      }
    } finally {
      first.release();
      second.release();
    }
    await pool.query(append('run-a', 4));
    expect(await chain()).toEqual([]);
    const { rows } = await pool.query('select stream, version_from, version_to from batch.event_link order by stream, version_to');
    expect(rows).toEqual([
      { stream: 'run-a', version_from: 1, version_to: 4 }, // made anew by 058, which moves events into another shape
      { stream: 'run-a', version_from: 5, version_to: 6 },
      { stream: 'run-c', version_from: 1, version_to: 2 },
      { stream: 'run-d', version_from: 1, version_to: 2 },
    ]);
  });
});
