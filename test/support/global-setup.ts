import { mkdtempSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

declare global {
  /** Ends what the global setup started; undefined when it started nothing. Setup and teardown share no other memory. */
  var endTestServer: (() => Promise<void>) | undefined;
  /** Where processes that tests start keep what they compiled. */
  var compileCacheFolder: string | undefined;
}

/**
 * Before a jest run: one PostgreSQL server for all of it (embedded, or the one at TEST_DATABASE_URL, whose user must be allowed to
 * create databases) with a migrated template, which `createTestDatabase` clones. Workers find it in TEST_ADMIN_URL.
 */
export default async function globalSetup(): Promise<void> {
  const hooks = registerHooks({ resolve: resolveSources });
  try {
    const { makeTemplate, startTestServer, useOpenTemporaryFolder } = await import('./test-server.js');
    useOpenTemporaryFolder();
    let adminUrl = process.env['TEST_DATABASE_URL'];
    if (adminUrl === undefined) {
      const server = await startTestServer();
      globalThis.endTestServer = () => server.stop();
      ({ adminUrl } = server);
    }
    await makeTemplate(adminUrl);
    globalThis.compileCacheFolder = mkdtempSync(join(tmpdir(), 'ibsafe-batch-compiled-'));
    process.env['TEST_COMPILE_CACHE'] = globalThis.compileCacheFolder;
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
