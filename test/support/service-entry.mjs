import { flushCompileCache } from 'node:module';
import { openLogger } from '../../dist/cli/service/open-logger.js';
import { readConfig } from '../../dist/config/config.js';
import { startService } from '../../dist/runtime/service.js';

// A process of the service for tests: the composition that is shipped, on a database that is there and,
// but for TEST_MIGRATE=1, migrated. Logs to stdout, a JSON object a line.
const [role, url] = process.argv.slice(2);
const config = readConfig(process.env);
if (process.env.TEST_MIGRATE === '1') await (await import('../../dist/migrations/migrate.js')).migrate(url, { ibsafeTables: true });
const mutant = process.env.TEST_MUTANT;
const mutants = mutant === undefined ? undefined : await import('./mutants.mjs'); // before it works: a run may wait for it already
const logger = openLogger(config.LOG_LEVEL, 'stdout');
const service = await startService(config, { url, role, logger });
mutants?.letIn(mutant, service.core.deps);
// For tests that measure what is kept: looked at in the moment in which the garbage is collected, or what is made meanwhile would count.
if (globalThis.gc !== undefined) {
  let looks = 0;
  process.on('SIGUSR2', () => {
    globalThis.gc();
    const { heapUsed, external } = process.memoryUsage();
    logger.info({ bytes: heapUsed + external }, `memory look ${(looks += 1)}`);
  });
}
process.stdin.on('end', () => process.exit(9)).resume(); // so that it cannot outlive the test
process.once('SIGTERM', () => {
  logger.info('asked to stop');
  void service.stop().then((inTime) => process.exit(inTime ? 0 : 1));
});
logger.info({ workerId: service.core.deps.settings.workerId, url: service.url, statusUrl: service.statusUrl }, 'ready');
flushCompileCache(); // most of these processes are killed, and would leave nothing to the next
