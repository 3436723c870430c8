import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { migrate, pendingMigrations } from '../../src/migrations/migrate.js';
import { createIbsafeTables } from '../../src/records/ibsafe-tables/create-ibsafe-tables.js';
import { catalogueOf } from '../support/catalogue-of.js';
import { createEmptyDatabase } from '../support/empty-database.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';
import { startSourceProcess } from '../support/source-process.js';

describe('migrations', () => {
  let database: TestDatabase;
  let client: Client;
  let complete: readonly string[];

  beforeAll(async () => {
    // What the template holds is what one caller alone makes.
    const alone = await createTestDatabase();
    complete = await catalogueOf(alone.url, 'batch');
    await alone.drop();
    expect(complete.length).toBeGreaterThan(100);
  });
  beforeEach(async () => {
    database = await createEmptyDatabase();
    client = new Client({ connectionString: database.url });
    await client.connect();
  });
  afterEach(async () => {
    await client.end();
    await database.drop();
  });

  it('make the same of an empty database when several callers start at once, each of which finds it ready', async () => {
    const callers = Array.from({ length: 4 }, async () => {
      await migrate(database.url, { ibsafeTables: true });
      return pendingMigrations(client);
    });
    expect(await Promise.all(callers)).toEqual([[], [], [], []]);
    expect(await catalogueOf(database.url, 'batch')).toEqual(complete);
    const { rows } = await client.query('select name from batch.migration group by name having count(*) > 1');
    expect(rows).toEqual([]);
  });

  it('make the same of it when processes start at once', async () => {
    const code = `
      const { migrate } = await load('migrations/migrate.ts');
      say('ready');
      process.stdin.once('data', async () => {
        try {
          await migrate(${JSON.stringify(database.url)}, { ibsafeTables: true });
          say('migrated');
        } catch (error) {
          say(String(error));
        }
      });`;
    const processes = [startSourceProcess(code), startSourceProcess(code), startSourceProcess(code)];
    try {
      for (const each of processes) expect(await each.heard()).toBe('ready');
      for (const { child } of processes) child.stdin?.write('go\n');
      for (const each of processes) expect(await each.heard()).toBe('migrated');
    } finally {
      for (const each of processes) await each.kill();
    }
    expect(await catalogueOf(database.url, 'batch')).toEqual(complete);
  });

  it('end with an error where the server ends their connection in the middle, and the next start makes what is missing', async () => {
    const holder = new Client({ connectionString: database.url });
    await holder.connect();
    await client.query('create schema batch');
    await holder.query('begin; create table batch.event (held int)');
    const ended = expect(migrate(database.url, { ibsafeTables: true })).rejects.toThrow(/terminat/);
    await until(async () => {
      const { rowCount } = await client.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'ibsafe-batch migrate' and wait_event_type = 'Lock'`,
      );
      return rowCount === 1;
    });
    await ended;
    await holder.query('rollback');
    await holder.end();
    await migrate(database.url, { ibsafeTables: true });
    expect(await catalogueOf(database.url, 'batch')).toEqual(complete);
  });

  it('alter nothing of IBSafe’s on a database that has its tables, and make none where they are not asked for', async () => {
    await createIbsafeTables(client);
    await client.query('create table public.another_app (id int primary key)');
    const before = await catalogueOf(database.url, 'public');
    await migrate(database.url, { ibsafeTables: false });
    expect(await catalogueOf(database.url, 'public')).toEqual(before);
    expect(await catalogueOf(database.url, 'batch')).toEqual(complete);
  });

  it('do nothing the second time, and keep what is there', async () => {
    await migrate(database.url, { ibsafeTables: true });
    await client.query(
      `select batch.append('run-x', 0, '2026-05-01', gen_random_uuid(), 'test', gen_random_uuid(), null, '{RunStarted}', '{null}', '{"{}"}')`,
    );
    const events = async (): Promise<unknown> => (await client.query('select * from batch.event')).rows;
    const applied = async (): Promise<unknown> => (await client.query('select * from batch.migration order by id')).rows;
    const before = [await events(), await applied(), await catalogueOf(database.url, 'batch'), await catalogueOf(database.url, 'public')];
    await migrate(database.url, { ibsafeTables: true });
    const after = [await events(), await applied(), await catalogueOf(database.url, 'batch'), await catalogueOf(database.url, 'public')];
    expect(after).toEqual(before);
  });
});
