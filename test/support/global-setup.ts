import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';

declare global {
  /** Ends what the global setup started; undefined when it started nothing. Setup and teardown share no other memory. */
  var endTestServer: (() => Promise<void>) | undefined;
}

const FOLDER = 'ibsafe-batch-test-';
const TEMPLATE = 'template_batch';
// Nothing here must survive a power cut, and every test file has its own database and pools.
const FLAGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '128MB', max_connections: '300' };

/**
 * Before a jest run: one PostgreSQL server for all of it (embedded, or the one at TEST_DATABASE_URL, whose user must be allowed to
 * create databases) with a migrated template, which `createTestDatabase` clones. Workers find it in TEST_ADMIN_URL.
 */
export default async function globalSetup(): Promise<void> {
  const hooks = registerHooks({ resolve: resolveSources });
  try {
    await sweepAbandoned();
    const adminUrl = process.env['TEST_DATABASE_URL'] ?? (await startServer());
    await makeTemplate(adminUrl);
    process.env['TEST_ADMIN_URL'] = adminUrl;
  } catch (error) {
    await globalThis.endTestServer?.(); // jest runs no teardown after a setup that failed
    throw error;
  } finally {
    hooks.deregister();
  }
}

// Jest compiles this file and what it imports, but leaves the looking up to Node, which does not know that `x.js` is still `x.ts`.
const resolveSources: Parameters<typeof registerHooks>[0]['resolve'] = (name, context, next) =>
  next(name.startsWith('.') && context.parentURL?.endsWith('.ts') === true ? name.replace(/\.js$/, '.ts') : name, context);

async function startServer(): Promise<string> {
  const { startEmbeddedPostgres } = await import('../../src/server/embedded-postgres/supervisor.js');
  const folder = mkdtempSync(join(tmpdir(), `${FOLDER}${process.pid}-`));
  chmodSync(folder, 0o755); // as root the server runs as another user
  const server = await startEmbeddedPostgres({ dataDir: join(folder, 'data'), flags: FLAGS });
  globalThis.endTestServer = async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return server.url();
}

async function makeTemplate(adminUrl: string): Promise<void> {
  const { migrate } = await import('../../src/migrations/migrate.js');
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await admin.query(`update pg_database set datistemplate = false where datname = '${TEMPLATE}'`); // else it cannot be dropped
    await admin.query(`drop database if exists ${TEMPLATE} with (force)`);
    await admin.query(`create database ${TEMPLATE}`);
    const url = new URL(adminUrl);
    url.pathname = `/${TEMPLATE}`;
    await migrate(url.href, { ibsafeTables: true });
    // A database that somebody is connected to cannot be cloned.
    await admin.query(`alter database ${TEMPLATE} with allow_connections false`);
  } finally {
    await admin.end();
  }
}

// A jest that was killed leaves its server and folder behind; the pid in the folder's name tells that nobody needs them.
async function sweepAbandoned(): Promise<void> {
  const { isAlive } = await import('../../src/server/embedded-postgres/process-identity.js');
  const { runningPostmaster } = await import('../../src/server/embedded-postgres/postmaster-file.js');
  const { stopPostmaster } = await import('../../src/server/embedded-postgres/stop-postmaster.js');
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(FOLDER) || isAlive(Number(name.slice(FOLDER.length).split('-')[0]))) continue;
    const folder = join(tmpdir(), name);
    const left = runningPostmaster(join(folder, 'data'));
    if (left !== undefined) await stopPostmaster(left.pid);
    rmSync(folder, { recursive: true, force: true });
  }
}
