import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Config } from '../../src/config/config.js';
import { readConfig } from '../../src/config/config.js';
import { startService } from '../../src/runtime/service.js';
import { openCore } from '../../src/runtime/core.js';
import type { Logger } from '../../src/server/http/options.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { Client } from 'pg';
import { until } from '../support/until.js';

const SILENT: Logger = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

let database: TestDatabase;
let watcher: Client;

beforeAll(async () => {
  database = await createTestDatabase();
  watcher = new Client({ connectionString: database.url });
  await watcher.connect();
});
afterAll(async () => {
  await watcher?.end();
  await database?.drop();
});

/** Connections of a service to this database. */
async function open(): Promise<number> {
  const text = `select count(*)::int as open from pg_stat_activity where datname = current_database() and application_name like 'ibsafe-batch%'`;
  return (await watcher.query<{ open: number }>(text)).rows[0]?.open ?? -1;
}

/** A configuration of which one setting cannot be read. It is met by what reads it first. */
function without(name: keyof Config): { readonly config: Config; readonly heldThen: Promise<number> } {
  const { promise, resolve } = Promise.withResolvers<number>();
  const config = Object.defineProperty(readConfig({ PORT: '0' }), name, {
    get: () => {
      void open().then(resolve);
      throw new Error(`${name} cannot be read`);
    },
  });
  return { config, heldThen: promise };
}

describe('A core that cannot be made', () => {
  it.each(['BATCH_RETRY_ATTEMPTS', 'RETENTION_KEEP_MONTHS', 'BATCH_LAG_ALARM_MS'] as const)(
    'leaves no connection open, where %s is what keeps it',
    async (name) => {
      const { config, heldThen } = without(name);
      await expect(openCore(config, database.url, SILENT)).rejects.toThrow(`${name} cannot be read`);
      expect(await heldThen).toBeGreaterThan(0); // of the job store at least: there was something to close
      await until(async () => (await open()) === 0);
    },
  );

  it('leaves none open where what follows it fails, as a service whose roles cannot be made', async () => {
    const { config, heldThen } = without('BATCH_SWEEP_MS');
    await expect(startService(config, { url: database.url, role: 'all', logger: SILENT })).rejects.toThrow('BATCH_SWEEP_MS cannot be read');
    expect(await heldThen).toBeGreaterThan(0);
    await until(async () => (await open()) === 0);
  });
});
