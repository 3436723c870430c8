import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { pauseRun, resumeRun } from '../../src/application/run/pause-run.js';
import { startAlertReceiver, taken, type Arrived } from '../support/alert-receiver.js';
import { createTestBatch, type TestBatch } from '../support/batch-fixture.js';
import { startMailServer } from '../support/mail-server.js';
import { startServiceProcess, type ServiceProcess } from '../support/service-process.js';

const RUNS = 6;

let batch: TestBatch;
beforeAll(async () => {
  batch = await createTestBatch({ users: 20 });
});
afterAll(() => batch.close());

const told = (arrived: readonly Arrived[], state: string): Set<string> =>
  new Set(arrived.map(({ body }) => JSON.parse(body) as { state: string; subject: string }).filter((each) => each.state === state).map(({ subject }) => subject)); // prettier-ignore

it('two processes tell everybody once by webhook and mail, though each is killed while it sends; what arrives twice has the same id', async () => {
  const mail = await startMailServer();
  const killed: ServiceProcess[] = [];
  let processes: ServiceProcess[] = [];
  // The first two messages are never answered: all processes are killed with them.
  let struck = false;
  await using receiver = await startAlertReceiver((response, message, nth) => {
    if (nth > 2 || struck) return taken(response, message, nth);
    if (nth === 2) {
      struck = true;
      for (const each of processes) each.child.kill('SIGKILL');
      killed.push(...processes);
    }
  });
  const environment = {
    ALERT_WEBHOOK_URL: receiver.url,
    ALERT_SMTP_URL: mail.url,
    ALERT_EMAIL_FROM: 'batch@example.org',
    ALERT_EMAIL_TO: 'night@example.org',
    ALERT_PATIENCE_MS: '100',
    ALERT_TIMEOUT_MS: '2000',
  };
  const start = (): Promise<ServiceProcess> => startServiceProcess({ url: batch.url }, 'scheduler', environment);
  try {
    const runs: string[] = [];
    for (let run = 0; run < RUNS; run += 1) runs.push(await batch.request());
    // Both are there before there is anything to send: the receiver kills the processes that it knows.
    processes = await Promise.all([start(), start()]);
    for (const id of runs) await pauseRun(batch.deps, id, { cause: 'OPERATOR', reason: 'a drill' }, 'test');
    await Promise.all(processes.map(({ ended }) => ended));
    processes = await Promise.all([start(), start()]);
    await receiver.until((arrived) => told(arrived, 'OPEN').size === RUNS);
    for (const id of runs) await resumeRun(batch.deps, id, 'test');
    await receiver.until((arrived) => told(arrived, 'RESOLVED').size === RUNS);
    await expectSent();
    const graceful = processes.map(async ({ child, ended }) => (child.kill('SIGTERM'), ended));
    expect(await Promise.all(graceful)).toEqual([0, 0]);
    const keys = receiver.arrived.map(({ key }) => key);
    expect(new Set(keys).size).toBe(2 * RUNS);
    // As many repetitions as there were messages that a killed process held: eight at once for each of two.
    expect(keys.length - 2 * RUNS).toBeLessThanOrEqual(RUNS);
    expect([new Set(mail.ids).size, mail.ids.includes('none')]).toEqual([2 * RUNS, false]);
    expect(killed).toHaveLength(2);
  } finally {
    for (const each of [...processes, ...killed]) await each[Symbol.asyncDispose]();
    await mail.close();
  }
});

/** Every message is noted as sent, which a process does after the other side has taken it. */
async function expectSent(): Promise<void> {
  while ((await unsent()) > 0) await new Promise((resolve) => setImmediate(resolve));
}

async function unsent(): Promise<number> {
  const rows = await batch.rows<{ left: number }>(`select count(*)::int as left from batch.alert_delivery where state <> 'SENT'`);
  return rows[0]?.left ?? -1;
}
