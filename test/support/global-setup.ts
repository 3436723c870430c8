import { mkdtempSync, rmSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

declare global {
  /** Ends what the global setup started; undefined when it started nothing. Setup and teardown share no other memory. */
  var endTestServers: (() => Promise<void>) | undefined;
  /** Where processes that tests start keep what they compiled. */
  var compileCacheFolder: string | undefined;
}

/**
 * Before a jest run: a PostgreSQL server for each worker (embedded; or the one at TEST_DATABASE_URL for all, whose user must be allowed to create
 * databases) with a migrated template, which `createTestDatabase` clones. Workers find them in TEST_ADMIN_URLS. Of one server all readers of a log would
 * wait for each other's tests: an open transaction, in whatever database of a server, hides the events after it.
 */
export default async function globalSetup({ maxWorkers }: { readonly maxWorkers: number }): Promise<void> {
  let ending: Promise<void> | undefined;
  const hooks = registerHooks({ resolve: resolveSources });
  try {
    const { makeTemplate, startTestServers, sweepServers, useOpenTemporaryFolder } = await import('./test-server.js');
    useOpenTemporaryFolder();
    // jest ends at a signal without its teardown, and a server outlives who started it.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => void (ending = sweepServers((pid) => pid === process.pid).finally(() => endBy(signal))));
    }
    const given = process.env['TEST_DATABASE_URL'];
    if (given === undefined) {
      const servers = await startTestServers(maxWorkers);
      globalThis.endTestServers = async () => void (await Promise.all(servers.map((server) => server.stop())));
      process.env['TEST_ADMIN_URLS'] = servers.map(({ adminUrl }) => adminUrl).join(' ');
    } else {
      await makeTemplate(given);
      process.env['TEST_ADMIN_URLS'] = given;
    }
    globalThis.compileCacheFolder = mkdtempSync(join(tmpdir(), 'ibsafe-batch-compiled-'));
    process.env['TEST_COMPILE_CACHE'] = globalThis.compileCacheFolder;
  } catch (error) {
    await ending; // its servers went away under it: it ends by the signal, not by what it could not do without them
    await globalThis.endTestServers?.(); // jest runs no teardown after a setup that failed
    throw error;
  } finally {
    hooks.deregister();
  }
}

/** Ends this process as the signal would have; what others do at it is done by now. */
function endBy(signal: NodeJS.Signals): void {
  if (globalThis.compileCacheFolder !== undefined) rmSync(globalThis.compileCacheFolder, { recursive: true, force: true });
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

// Jest compiles this file and what it imports, but leaves the looking up to Node, which does not know that `x.js` is still `x.ts`.
const resolveSources: Parameters<typeof registerHooks>[0]['resolve'] = (name, context, next) =>
  next(name.startsWith('.') && context.parentURL?.endsWith('.ts') === true ? name.replace(/\.js$/, '.ts') : name, context);
