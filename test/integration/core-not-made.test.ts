import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Config } from '../../src/config/config.js';
import { readConfig } from '../../src/config/config.js';
import { startService } from '../../src/runtime/service.js';
import { openCore } from '../../src/runtime/core.js';
import type { Logger } from '../../src/server/http/options.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { openTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';
import { Client } from 'pg';
import { until } from '../support/until.js';

const SILENT: Logger = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

let database: TestDatabase;
let watcher: Client;
let way: TcpProxy;
let url: string;
/** Connections that were made to the server so far. */
let made = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  watcher = new Client({ connectionString: database.url });
  await watcher.connect();
  const direct = new URL(database.url);
  way = await openTcpProxy({ host: direct.hostname, port: Number(direct.port) }, false, (client, upstream) => {
    made += 1;
    client.pipe(upstream);
    upstream.pipe(client);
  });
  direct.port = String(way.port);
  url = direct.href;
});
afterAll(async () => {
  await way?.[Symbol.asyncDispose]();
  await watcher?.end();
  await database?.drop();
});

/** Connections of a service to this database. */
async function open(): Promise<number> {
  const text = `select count(*)::int as open from pg_stat_activity where datname = current_database() and application_name like 'ibsafe-batch%'`;
  return (await watcher.query<{ open: number }>(text)).rows[0]?.open ?? -1;
}

/** A configuration of which one setting cannot be read. It is met by what reads it first. */
function without(name: keyof Config): Config {
  return Object.defineProperty(readConfig({ PORT: '0' }), name, {
    get: () => {
      throw new Error(`${name} cannot be read`);
    },
  });
}

describe('A core that cannot be made', () => {
  beforeEach(() => {
    made = 0;
  });

  it.each(['BATCH_RETRY_ATTEMPTS', 'RETENTION_KEEP_MONTHS', 'BATCH_LAG_ALARM_MS'] as const)(
    'leaves no connection open, where %s is what keeps it',
    async (name) => {
      await expect(openCore(without(name), url, SILENT)).rejects.toThrow(`${name} cannot be read`);
      expect(made).toBeGreaterThan(0); // of the job store at least: there was something to close
      await until(async () => (await open()) === 0);
    },
  );

  it('leaves none open where what follows it fails, as a service whose roles cannot be made', async () => {
    const starting = startService(without('BATCH_SWEEP_MS'), { url, role: 'all', logger: SILENT });
    await expect(starting).rejects.toThrow('BATCH_SWEEP_MS cannot be read');
    expect(made).toBeGreaterThan(0);
    await until(async () => (await open()) === 0);
  });
});
