import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import { Client } from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from '../../src/embedded-postgres/supervisor.js';

/** A folder for each test of the supervisor, and servers that are gone when the test is. */
export interface EmbeddedFixture {
  /** An empty folder that everyone may enter. */
  readonly base: string;
  /** A data folder below it; missing until something makes it. */
  readonly dataDir: string;
  /** Puts a whole, stopped database there: a copy, which takes a tenth of making one. */
  placeCluster(): void;
  start(options?: Partial<EmbeddedPostgresOptions>): Promise<EmbeddedPostgres>;
  /** Called after the test, in the order given, before the servers are stopped. */
  onEnd(cleanUp: () => unknown): void;
}

/** Sets up the fixture for the tests of the file that calls this. */
export function embeddedFixture(): EmbeddedFixture {
  let [pristine, base] = ['', ''];
  let cleanUps: (() => unknown)[] = [];
  let servers: EmbeddedPostgres[] = [];
  beforeAll(async () => {
    pristine = emptyFolder();
    await (await startEmbeddedPostgres({ dataDir: join(pristine, 'data') })).stop();
  });
  beforeEach(() => {
    base = emptyFolder();
    [cleanUps, servers] = [[], []];
  });
  afterEach(async () => {
    for (const cleanUp of cleanUps) await cleanUp();
    await Promise.all(servers.map((server) => server.stop()));
    rmSync(base, { recursive: true });
  });
  afterAll(() => rmSync(pristine, { recursive: true }));
  return {
    get base() {
      return base;
    },
    get dataDir() {
      return join(base, 'data');
    },
    placeCluster() {
      const copied = spawnSync('cp', ['-a', join(pristine, 'data'), join(base, 'data')], { encoding: 'utf8' });
      if (copied.status !== 0) throw new Error(`the pristine database could not be copied: ${copied.stderr}`);
    },
    async start(options = {}) {
      const server = await startEmbeddedPostgres({ dataDir: join(base, 'data'), ...options });
      servers.push(server);
      return server;
    },
    onEnd: (cleanUp) => cleanUps.push(cleanUp),
  };
}

/** Runs one statement on a server and gives its rows. */
export async function query(server: EmbeddedPostgres, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: server.url() });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

// Made private by mkdtemp; as root the server runs as another user, who must be able to pass.
function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ibsafe-batch-pg-'));
  chmodSync(folder, 0o755);
  return folder;
}
