import { mkdtempSync, rmSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { isAlive } from '../../src/embedded-postgres/process-identity.js';
import { startEmbeddedPostgres } from '../../src/embedded-postgres/supervisor.js';
import { migrate } from '../../src/migrations/migrate.js';
import { startAlertReceiver } from '../support/alert-receiver.js';
import { scrape } from '../support/metric-lines.js';
import { startTestService } from '../support/test-service.js';
import { until } from '../support/until.js';

it("The dead man's switch hears nothing while PostgreSQL is gone, which no alert can tell, and hears again when it is back", async () => {
  const base = mkdtempSync(join(tmpdir(), 'dead-man-'));
  chmodSync(base, 0o755);
  const dataDir = join(base, 'data');
  let server = await startEmbeddedPostgres({ dataDir });
  try {
    const { port, pid } = server;
    await migrate(server.url(), { ibsafeTables: true });
    await using receiver = await startAlertReceiver();
    const environment = { ALERT_DEAD_MAN_URL: receiver.url, ALERT_DEAD_MAN_MS: '500', METRICS_PORT: '0' };
    await using service = await startTestService({ url: server.url() }, { role: 'scheduler', environment });
    // The first look at an empty log writes its first head, which the pings after it bring along.
    await receiver.until((arrived) => arrived.some(({ body }) => /"head":"\d{4}-\d\d-\d\d 1 \d+ [0-9a-f]{64}"/.test(body)));
    expect(service.logged.filter((line) => line.includes('the head of the log'))).toHaveLength(1);
    await receiver.until((arrived) => arrived.length >= 2);
    process.kill(pid, 'SIGQUIT');
    await until(() => Promise.resolve(!isAlive(pid)));
    const blind = (): number => service.logged.filter((line) => line.includes('the night could not be looked at')).length;
    await until(() => Promise.resolve(blind() >= 1));
    const [heard, looked] = [receiver.arrived.length, blind()];
    await until(() => Promise.resolve(blind() >= looked + 3));
    expect(receiver.arrived).toHaveLength(heard);
    expect((await scrape(service.statusUrl)).get('ibsafe_batch_database_up')).toBe(0);
    const answers = await Promise.all(
      ['/healthz', '/readyz', '/readyz?ready-by'].map(async (path) => (await fetch(service.statusUrl + path)).status),
    );
    expect(answers).toEqual([200, 503, 503]);
    server = await startEmbeddedPostgres({ dataDir, port });
    await receiver.until((arrived) => arrived.length >= heard + 2);
    await until(async () => (await scrape(service.statusUrl)).get('ibsafe_batch_database_up') === 1);
  } finally {
    await server.stop();
    rmSync(base, { recursive: true, force: true });
  }
});
