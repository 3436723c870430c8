import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { dataOf } from '../support/graphql-client.js';
import { type TestDatabase } from '../support/test-database.js';
import { migratedDatabase, startTestServer, type TestServer } from '../support/test-server.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';
import { BEGIN_HELD } from '../support/held-transaction.js';

interface LogStatus {
  readonly heldMs: number;
  readonly alarm: boolean;
  readonly problem: string | null;
  readonly listening: boolean;
  readonly followers: number;
}

const ALARM = /writing transaction has been open|see what is written again/;

describe('A writing transaction that stays open elsewhere', () => {
  let server: TestServer;
  let database: TestDatabase;
  let service: TestService;
  let elsewhere: Client;
  beforeAll(async () => {
    // A server of its own: readers wait for a transaction of any database of their cluster, and other tests have theirs.
    server = await startTestServer();
    database = await migratedDatabase(server.adminUrl);
    service = await startTestService(database, { environment: { BATCH_LAG_ALARM_MS: '300', BATCH_STATEMENT_MS: '1000' } });
    elsewhere = new Client({ connectionString: server.adminUrl });
    await elsewhere.connect();
    await elsewhere.query(BEGIN_HELD);
    await elsewhere.query('select pg_current_xact_id()');
    // The alarm may come first from the age of a hidden event: how long the transaction is known to be open counts from a look of the watch.
    await until(async () => (await readiness()).log.alarm === true && (await metric('log_held_seconds')) >= 0.3);
  });
  afterAll(async () => {
    await elsewhere.end();
    await service[Symbol.asyncDispose]();
    await server.stop();
  });

  const readiness = async (): Promise<{ status: number; log: { ok: boolean; alarm: boolean | null; problem?: string } }> => {
    const response = await fetch(`${service.url}/readyz`);
    const { checks } = (await response.json()) as { checks: { log: { ok: boolean; alarm: boolean | null; problem?: string } } };
    return { status: response.status, log: checks.log };
  };
  const told = (): string[] => service.logged.filter((line) => ALARM.test(line));
  const metric = async (name: string): Promise<number> => {
    const text = await (await fetch(`${service.url}/metrics`)).text();
    return Number(new RegExp(`^ibsafe_batch_${name} (.*)$`, 'm').exec(text)?.[1]);
  };
  const status = async (): Promise<LogStatus> => {
    const query = '{ systemStatus { log { heldMs alarm problem listening followers } } }';
    return (await dataOf<{ systemStatus: { log: LogStatus } }>(service.url, query)).systemStatus.log;
  };

  it('raises an alarm in readiness, which says what to do and stays ready', async () => {
    expect(await readiness()).toEqual({
      status: 200,
      log: expect.objectContaining({ ok: true, problem: expect.stringContaining('ibsafe-batch.mjs doctor') }),
    });
  });

  it('raises it in systemStatus, which also tells whether notifications arrive and how many they wake', async () => {
    const found = await status();
    expect(found).toEqual({
      heldMs: expect.any(Number), alarm: true, problem: expect.stringContaining('open for'), listening: true, followers: expect.any(Number),
    }); // prettier-ignore
    expect(found.heldMs).toBeGreaterThanOrEqual(300);
    expect(found.followers).toBeGreaterThanOrEqual(1); // the scheduler, of a process that does everything
  });

  it('raises it in the metrics', async () => {
    expect(await metric('log_lag_alarm')).toBe(1);
    expect(await metric('log_held_seconds')).toBeGreaterThanOrEqual(0.3);
    expect([await metric('listening'), await metric('listen_losses')]).toEqual([1, 0]);
  });

  it('is told in the log once, and so is its end, after which the alarm is off', async () => {
    expect(told()).toEqual([expect.stringMatching(/^warn /)]);
    await elsewhere.query('rollback');
    await until(async () => !(await readiness()).log.alarm);
    expect(told()).toEqual([expect.stringMatching(/^warn /), expect.stringMatching(/^info /)]);
    await until(async () => (await metric('log_lag_alarm')) === 0); // an answer of a moment ago may be shared
  });

  it('is not known while the log cannot be looked at, which readiness says, and no gauge shows an old figure', async () => {
    await elsewhere.end();
    elsewhere = new Client({ connectionString: database.url });
    await elsewhere.connect();
    await elsewhere.query('begin');
    await elsewhere.query('lock table batch.event_log in access exclusive mode');
    await until(async () => (await readiness()).log.alarm === null);
    expect((await readiness()).log).toEqual({
      ok: true,
      hiddenMs: null,
      heldMs: null,
      alarm: null,
      note: expect.stringContaining('not known'),
    });
    await until(async () => Number.isNaN(await metric('log_lag_alarm')));
    await elsewhere.query('rollback');
    await until(async () => (await readiness()).log.alarm === false && (await metric('log_lag_alarm')) === 0);
  });
});
