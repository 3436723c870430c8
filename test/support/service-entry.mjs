import { openLogger } from '../../dist/cli/open-logger.js';
import { readConfig } from '../../dist/config.js';
import { startService } from '../../dist/server/service.js';

// A process of the service for tests: the composition that is shipped, on a database that is there and migrated. Logs to stdout, a JSON object a line.
const [role, url] = process.argv.slice(2);
const config = readConfig(process.env);
const logger = openLogger(config.LOG_LEVEL, 'stdout');
const service = await startService(config, { url, role, logger });
process.stdin.on('end', () => process.exit(9)).resume(); // so that it cannot outlive the test
process.once('SIGTERM', () => {
  logger.info('asked to stop');
  void service.stop().then((inTime) => process.exit(inTime ? 0 : 1));
});
logger.info({ workerId: service.core.deps.settings.workerId, url: service.url }, 'ready');
