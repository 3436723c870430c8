import { pino } from 'pino';
import { readConfig } from '../../dist/config.js';
import { startService } from '../../dist/server/service.js';

// A process of the service for tests: the composition that is shipped, on a database that is there and migrated. Logs to stdout, a JSON object a line.
const [role, url] = process.argv.slice(2);
const logger = pino({ base: { pid: process.pid } }, pino.destination({ dest: 1, sync: true }));
const service = await startService(readConfig(process.env), { url, role, logger });
process.stdin.on('end', () => process.exit(9)).resume(); // so that it cannot outlive the test
process.once('SIGTERM', () => {
  logger.info('asked to stop');
  void service.stop().then((inTime) => process.exit(inTime ? 0 : 1));
});
logger.info({ workerId: service.core.deps.settings.workerId, url: service.url }, 'ready');
