import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AlertFollower } from '../../src/alerts/follower.js';
import { DeadManSwitch, switchState, type SwitchOptions } from '../../src/alerts/dead-man-switch.js';
import { pauseRun, resumeRun } from '../../src/application/run/pause-run.js';
import { readConfig } from '../../src/config/config.js';
import { judgeDeadMan } from '../../src/doctor/dead-man.js';
import { localDate } from '../../src/domain/local-date.js';
import { nightSigns } from '../../src/runtime/dead-man.js';
import { startAlertReceiver, type Answer } from '../support/alert-receiver.js';
import { createTestBatch, type TestBatch } from '../support/batch-fixture.js';
import { dataOf } from '../support/graphql-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';

let batch: TestBatch;
let api: TestService;
beforeAll(async () => {
  batch = await createTestBatch({ users: 100 });
  api = await startTestService(batch, { role: 'api', environment: { ALERT_READY_PERCENT: '80' } });
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await batch.close();
});

const settings = { ALERT_DEAD_MAN_URL: 'http://127.0.0.1:1/', ALERT_READY_PERCENT: '80' };
const config = readConfig(settings);
const mailing = readConfig({
  ...settings,
  ALERT_SMTP_URL: 'smtp://127.0.0.1:1',
  ALERT_EMAIL_FROM: 'a@example.org',
  ALERT_EMAIL_TO: 'b@example.org',
});
const switchTo = (url: string, options: Partial<SwitchOptions> = {}): DeadManSwitch =>
  new DeadManSwitch(batch.pool, {
    url,
    everyMs: 60_000,
    timeoutMs: 5_000,
    signs: () => Promise.resolve([]),
    onChange: () => undefined,
    onFailure: () => undefined,
    ...options,
  });
const head = (): Promise<string> => Promise.resolve('the head of the day');
const due = (): Promise<unknown> => batch.rows('update batch.dead_man_switch set next_at = now()');

describe("The dead man's switch", () => {
  beforeEach(due);

  it('is told by one process of many, once in its time, and nothing of anybody', async () => {
    await using receiver = await startAlertReceiver();
    const many = Array.from({ length: 5 }, () => switchTo(receiver.url, { head }));
    const checks = await Promise.all(many.map((each) => each.turn()));
    expect(checks.filter((check) => check !== undefined)).toEqual([{ signs: [], code: 'HTTP_200', ok: true }]);
    await Promise.all(many.map((each) => each.turn()));
    expect(receiver.arrived).toHaveLength(1);
    const body = JSON.parse(receiver.arrived[0]?.body ?? '') as object;
    expect(body).toEqual({ version: 1, service: 'ibsafe-batch', at: expect.any(String), head: 'the head of the day' });
    expect((await switchState(batch.pool)).pingedAt?.getTime()).toBeGreaterThan(Date.now() - 600_000);
    expect((await judgeDeadMan(config, batch.pool)).status).toBe('ok');
  });

  it('is told nothing while the night is not well, and is told again when it is', async () => {
    await using receiver = await startAlertReceiver();
    const ill = switchTo(receiver.url, { signs: () => Promise.resolve(['NOT_READY', 'NO_WORKER']) });
    expect(await ill.turn()).toEqual({ signs: ['NOT_READY', 'NO_WORKER'], code: undefined, ok: false });
    expect(receiver.arrived).toEqual([]);
    const found = await judgeDeadMan(config, batch.pool);
    expect([found.status, found.found]).toEqual(['warning', expect.stringContaining('NOT_READY, NO_WORKER')]);
    await due();
    await switchTo(receiver.url).turn();
    expect([receiver.arrived.length, (await switchState(batch.pool)).signs]).toEqual([1, []]);
  });

  it('is told nothing where the night cannot be looked at', async () => {
    await using receiver = await startAlertReceiver();
    const blind = switchTo(receiver.url, { signs: () => Promise.reject(new Error('the database is away')) });
    await expect(blind.turn()).rejects.toThrow('away');
    expect(receiver.arrived).toEqual([]);
    const [row] = await batch.rows<{ soon: boolean }>(`select next_at < now() + interval '20 s' as soon from batch.dead_man_switch`);
    expect(row?.soon).toBe(true);
  });

  const faults: readonly [string, Answer][] = [
    ['HTTP_500', (response) => void response.writeHead(500).end()],
    ['HTTP_302', (response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()],
    ['NO_CONNECTION', (response) => void response.socket?.destroy()],
    ['NO_ANSWER_IN_TIME', () => undefined],
  ];
  it.each(faults)('of which the other side answers %s counts as not told, and is tried again sooner', async (code, answer) => {
    const before = (await switchState(batch.pool)).pingedAt;
    await using receiver = await startAlertReceiver(answer);
    expect(await switchTo(receiver.url).turn()).toEqual({ signs: [], code, ok: false });
    const state = await switchState(batch.pool);
    expect([state.pingedAt, state.lastCode]).toEqual([before, code]);
    const [row] = await batch.rows<{ soon: boolean }>(`select next_at < now() + interval '20 s' as soon from batch.dead_man_switch`);
    expect(row?.soon).toBe(true);
  });

  it('goes on when a clock that was days ahead is set right', async () => {
    await batch.rows(`update batch.dead_man_switch set next_at = now() + interval '3 days'`);
    await using receiver = await startAlertReceiver();
    expect(await switchTo(receiver.url).turn()).toMatchObject({ ok: true });
  });
});

const signs = (by = config): Promise<readonly string[]> => nightSigns(api.core, by);

describe('A night', () => {
  it('is well where nothing is amiss, and when an operator has paused a run', async () => {
    await using worker = await startTestService(batch, { role: 'worker', environment: { BATCH_SWEEP_MS: '600000' } });
    expect(worker.url).toBe('');
    expect(await signs()).toEqual([]);
    const id = await batch.request();
    await pauseRun(batch.deps, id, { cause: 'OPERATOR', reason: 'a while' }, 'test');
    expect(await signs()).toEqual([]);
    await resumeRun(batch.deps, id, 'test');
    await pauseRun(batch.deps, id, { cause: 'FAULT', reason: 'no right' }, 'test');
    expect(await signs()).toEqual(['RUN_STOPPED']);
  });

  it('is not well where chunks wait and no worker lives', async () => {
    expect(await signs()).toEqual(['RUN_STOPPED', 'NO_WORKER']);
    await batch.rows(`update batch.chunk_work set done = true`);
    await batch.rows(`update batch.run_view set status = 'CANCELLED', paused_cause = null, ended_at = now() where ended_at is null`);
    expect(await signs()).toEqual([]);
  });

  it('is not well while a message of an alert has waited for long', async () => {
    const follower = new AlertFollower(batch.pool, { channels: ['EMAIL'], failuresPercent: 1, readyPercent: 99, settleMs: 0 });
    await follower.step(new Map([['JOB_STORE_AWAY', true]]));
    await until(async () => (await batch.rows('select from batch.alert_delivery')).length > 0);
    expect(await signs(mailing)).toEqual([]);
    await batch.rows(`update batch.alert_delivery set made_at = now() - interval '1 hour'`);
    expect(await signs(mailing)).toEqual(['ALERTS_STUCK']);
    expect(await signs(config)).toEqual([]); // which mails nothing: no one sends it, and no later night is ill by it
    await batch.rows('delete from batch.alert');
  });

  it('has no message of a channel that is configured no more waiting for ever', async () => {
    const mails = new AlertFollower(batch.pool, { channels: ['EMAIL'], failuresPercent: 1, readyPercent: 99, settleMs: 0 });
    const posts = (): Promise<unknown> => new AlertFollower(batch.pool, { channels: ['WEBHOOK'], failuresPercent: 1, readyPercent: 99, settleMs: 0 }).step(); // prettier-ignore
    const states = (): Promise<unknown> => batch.rows('select state, last_code as code from batch.alert_delivery');
    await mails.step(new Map([['JOB_STORE_AWAY', true]]));
    await until(async () => (await batch.rows('select from batch.alert_delivery')).length > 0);
    await batch.rows(`update batch.alert_delivery set made_at = now() - interval '23 hours'`);
    await posts();
    expect(await states()).toEqual([{ state: 'WAITING', code: null }]);
    await batch.rows(`update batch.alert_delivery set made_at = now() - interval '25 hours'`);
    await posts();
    expect(await states()).toEqual([{ state: 'GIVEN_UP', code: 'NOT_CONFIGURED' }]);
    await batch.rows('delete from batch.alert');
  });

  it('is well beside a failed run whose alert an operator has silenced', async () => {
    await batch.rows(
      `insert into batch.alert (id, kind, subject, facts, first_at, last_at) values (gen_random_uuid(), 'RUN_FAILED', 'a run', '{}', now(), now())`,
    );
    expect(await signs()).toEqual(['RUN_STOPPED']);
    await batch.rows(
      `insert into batch.alert_silence (id, kind, subject, reason, made_by, until) values (gen_random_uuid(), 'RUN_FAILED', 'a run', 'known', 'test', now() + interval '1 hour')`,
    );
    expect(await signs()).toEqual([]);
    await batch.rows('delete from batch.alert');
    await batch.rows('delete from batch.alert_silence');
  });

  it('is not well when a slot came due and nobody recorded it', async () => {
    const old = `update batch.schedule_view set effective_since = now() - interval '9 days', last_slot = now() - interval '3 days'`;
    await batch.rows(old);
    expect(await signs()).toEqual(['SLOT_OVERDUE']);
    expect((await overdueSlots()).filter((slot) => slot !== null)).not.toEqual([]);
    await batch.rows('update batch.schedule_view set last_slot = now()');
    expect(await signs()).toEqual([]);
    expect((await overdueSlots()).every((slot) => slot === null)).toBe(true);
  });
});

/** As the console asks for them. */
async function overdueSlots(): Promise<readonly (string | null)[]> {
  const { schedules } = await dataOf<{ schedules: { nodes: { overdueSlot: string | null }[] } }>(
    api.url,
    '{ schedules { nodes { overdueSlot } } }',
  );
  return schedules.nodes.map(({ overdueSlot }) => overdueSlot);
}

const ask = async (query = 'ready-by'): Promise<{ status: number; body: { ready: boolean; failing: string[]; schedules: object[] } }> => {
  const response = await fetch(`${api.url}/readyz?${query}`);
  return { status: response.status, body: (await response.json()) as { ready: boolean; failing: string[]; schedules: object[] } };
};

describe('/readyz?ready-by', () => {
  it('answers 200 where nothing is due, 503 with the schedule whose advice is not there, and 200 when it is', async () => {
    expect(await ask()).toEqual({ status: 200, body: { ready: true, failing: [], schedules: [] } });
    // Where it is noon now, a slot of one o'clock had its advice to be there at ten.
    const ahead = 12 - new Date().getUTCHours();
    const timeZone = ahead === 0 ? 'Etc/GMT' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
    const change = { name: 'the nightly one', frequency: 'DAILY', hour: 1, minute: 0, timeZone, readyBy: '10:00' };
    await batch.rows(`update batch.schedule_view set settings = settings || $1::jsonb, effective_since = now() - interval '2 days'`, [JSON.stringify(change)]); // prettier-ignore
    await until(async () => (await ask()).status === 503);
    const { body } = await ask();
    expect(body).toEqual({
      ready: false,
      failing: ['the nightly one'],
      schedules: [{ schedule: 'the nightly one', readyBy: expect.stringMatching(/T\d\d:00:00\.000Z$/), ready: false }],
    });
    expect((await ask('ready-by&report')).status).toBe(200);
    const recordDate = localDate(new Date(Date.now() + (ahead - 24) * 3_600_000).toISOString().slice(0, 10));
    // Some of the users, however well, are not the night.
    await batch.run({ recordDate, userIds: [3, 4, 5] });
    expect((await ask()).status).toBe(503);
    await batch.run({ recordDate });
    await until(async () => (await ask()).status === 200);
    expect((await ask()).body).toMatchObject({ ready: true, failing: [] });
  });
});
