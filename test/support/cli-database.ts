import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import { Client } from 'pg';
import { localDate } from '../../src/domain/local-date.js';
import { loadCatalogue } from '../../src/generators/catalogue/catalogue-file.js';
import { demoFoodsOf } from '../../src/demo/demo-foods.js';
import { loadDemo } from '../../src/demo/load-demo.js';
import { startCli, type CliProcess, type Ended } from './cli-process.js';
import { createFilledDatabase, type TestDatabase } from './test-database.js';

/** The demo that each test finds. */
export const DEMO = { users: 60, days: 7, seed: 3, until: localDate('2026-03-10') } as const;

/** For each test: a database of its own with demo patients, given to commands as DATABASE_URL, and commands that are gone when the test is. */
export interface CliDatabase {
  /** The commands' working folder; empty. */
  readonly cwd: string;
  /** Of the test's database. */
  readonly url: string;
  start(args: readonly string[], env?: Readonly<Record<string, string>>): CliProcess;
  run(args: readonly string[]): Promise<Ended>;
  rows<Row extends object>(sql: string): Promise<Row[]>;
  /** Rows of what stands behind FROM. */
  count(from: string): Promise<number>;
}

async function loadPatients(url: string): Promise<void> {
  await loadDemo(url, { ...DEMO, foods: demoFoodsOf(loadCatalogue()) });
}

/** Sets up the fixture for the tests of the file that calls this. */
export function cliDatabase(): CliDatabase {
  let scratch = '';
  let database: TestDatabase;
  let client: Client;
  let started: CliProcess[] = [];
  beforeAll(() => {
    scratch = mkdtempSync(join(tmpdir(), 'ibsafe-batch-cli-'));
    mkdirSync(join(scratch, 'cwd'));
  });
  beforeEach(async () => {
    database = await createFilledDatabase('cli_demo', loadPatients);
    client = new Client({ connectionString: database.url });
    await client.connect();
    started = [];
  });
  afterEach(async () => {
    for (const { child, ended } of started) {
      child.kill('SIGKILL');
      await ended;
    }
    await client.end();
    await database.drop();
  });
  afterAll(() => rmSync(scratch, { recursive: true }));

  const fixture: CliDatabase = {
    get cwd() {
      return join(scratch, 'cwd');
    },
    get url() {
      return database.url;
    },
    start(args, env) {
      // A service keeps a data folder; the other commands must not need one.
      const dataDir = args[0] === 'start' ? { DATA_DIR: join(scratch, `data-${started.length}`) } : {};
      const command = startCli(args, { cwd: fixture.cwd, env: { DATABASE_URL: database.url, ...dataDir, ...env } });
      started.push(command);
      return command;
    },
    run: (args) => fixture.start(args).ended,
    rows: async <Row extends object>(sql: string) => (await client.query<Row>(sql)).rows,
    count: async (from) => (await fixture.rows<{ n: number }>(`select count(*)::int as n from ${from}`))[0]?.n ?? -1,
  };
  return fixture;
}
