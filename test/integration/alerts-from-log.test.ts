import { afterEach, expect, it } from '@jest/globals';
import type pg from 'pg';
import { AlertDesk, type Alert } from '../../src/alerts/alert-desk.js';
import { alertWords } from '../../src/alerts/alert-words.js';
import { AlertFollower } from '../../src/alerts/follower.js';
import { pageOf } from '../../src/alerts/message.js';
import { planRun } from '../../src/application/run/plan-run.js';
import { requestRun } from '../../src/application/run/request-run.js';
import { createScheduleFrom } from '../../src/application/schedules/edit-schedules.js';
import { localDate } from '../../src/domain/local-date.js';
import { openLocalModel } from '../../src/local-model/local-model.js';
import { startAlertReceiver } from '../support/alert-receiver.js';
import { runToEnd } from '../support/batch-client.js';
import { createTestBatch, type TestBatch } from '../support/batch-fixture.js';
import { codedError } from '../support/coded-error.js';
import { createPatients } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { createScheduleWorld, scheduleOf } from '../support/schedule-world.js';
import { startTestService } from '../support/test-service.js';
import { until } from '../support/until.js';

let resources = new Resources();
afterEach(async () => {
  await resources.end();
  resources = new Resources();
});

/** Follows what the real use cases wrote until an alert of a kind is there. @returns the alerts of that kind */
async function followed(pool: pg.Pool, kind: Alert['kind'], wanted: (alerts: readonly Alert[]) => boolean): Promise<readonly Alert[]> {
  const follower = new AlertFollower(pool, { channels: ['WEBHOOK'], failuresPercent: 1, readyPercent: 99, settleMs: 0 });
  let found: readonly Alert[] = [];
  // A transaction of another test in this cluster hides events until it ends.
  await until(async () => {
    while (await follower.step());
    found = (await new AlertDesk(pool).list({ kinds: [kind] }, { first: 100 })).rows;
    return wanted(found);
  });
  return found;
}

it('A slot that gave way to a run is told of under its schedule, and counted while more do, until one fires', async () => {
  await using world = await createScheduleWorld('2026-03-01T00:00:00Z');
  const scheduleId = await world.create({ frequency: 'CRON', cron: '*/5 * * * *', overlap: 'SKIP' });
  let runs: readonly string[] = [];
  for (const minute of ['05', '10', '15']) {
    world.moveTo(`2026-03-01T00:${minute}:01Z`);
    runs = [...runs, ...(await world.wake(scheduleId))];
  }
  const [alert] = await followed(world.pool, 'SLOT_SKIPPED', ([one]) => one?.count === 2);
  expect([alert?.subject, alert?.state, alert?.facts]).toEqual([scheduleId, 'OPEN', { code: 'OVERLAP', slot: '2026-03-01T00:15:00.000Z' }]);
  expect(await world.plan(runs[0] ?? '')).toBe('COMPLETED');
  world.moveTo('2026-03-01T00:20:01Z');
  await world.wake(scheduleId);
  await followed(world.pool, 'SLOT_SKIPPED', ([one]) => one?.state === 'RESOLVED');
});

it('A run whose plan the database refuses is told of as failed, under its id and with the code', async () => {
  const batch = await createTestBatch({ users: 9 });
  resources.use({ [Symbol.asyncDispose]: () => batch.close() });
  const answer = await requestRun(batch.deps, { trigger: 'MANUAL', recordDate: localDate('2026-03-01') }, { actor: 'test' });
  if (answer.status !== 'accepted') throw new Error(`the test's run was refused: ${answer.code}`);
  const { runId } = answer.run;
  const records = { ...batch.deps.records, roster: (): Promise<number[]> => Promise.reject(codedError('42501')) };
  await expect(planRun({ ...batch.deps, records }, runId)).rejects.toMatchObject({ code: '42501' });
  const [alert, ...others] = await followed(batch.pool, 'RUN_FAILED', (alerts) => alerts.length > 0);
  expect([alert?.subject, alert?.facts, others]).toEqual([runId, { program: 'daily', recordDate: '2026-03-01', code: '42501' }, []]);
});

/** A schedule whose advice of today was to be there two hours ago: where it is noon now, a slot of one o'clock had its advice to be there at ten. */
async function nightly(batch: TestBatch): Promise<{ readonly scheduleId: string; readonly ahead: number }> {
  const ahead = 12 - new Date().getUTCHours();
  const timeZone = ahead === 0 ? 'Etc/GMT' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
  const input = { name: 'nightly', frequency: 'DAILY', hour: 1, minute: 0, timeZone, readyBy: '10:00' } as const;
  const { scheduleId } = scheduleOf(await createScheduleFrom(batch.deps, { input, actor: 'test' }));
  return { scheduleId, ahead };
}

const MADE_BEFORE = `update batch.schedule_view set effective_since = now() - interval '2 days'`;

/** A pool whose first transaction ends at its commit, as where the server is ended then. */
function losingFirstCommit(pool: pg.Pool): Pick<pg.Pool, 'connect'> {
  let isLost = false;
  const connect = async (): Promise<pg.PoolClient> => {
    const client = await pool.connect();
    if (isLost) return client;
    isLost = true;
    const query = client.query.bind(client) as (...asked: unknown[]) => unknown;
    const losing = (...asked: unknown[]): unknown => (asked[0] === 'commit' ? Promise.reject(codedError('57P01')) : query(...asked));
    return { query: losing, release: (broken?: boolean) => client.release(broken) } as unknown as pg.PoolClient;
  };
  return { connect: connect as pg.Pool['connect'] };
}

it('A night for which no run was ever asked is told of by the look after one whose transaction was not committed', async () => {
  const batch = await createTestBatch({ users: 9 });
  resources.use({ [Symbol.asyncDispose]: () => batch.close() });
  const { scheduleId } = await nightly(batch);
  await batch.rows(MADE_BEFORE);
  const options = { channels: ['WEBHOOK'], failuresPercent: 1, readyPercent: 99, settleMs: 0 } as const;
  const follower = new AlertFollower(losingFirstCommit(batch.pool), options);
  await expect(follower.step()).rejects.toMatchObject({ code: '57P01' });
  await follower.step();
  const { rows } = await new AlertDesk(batch.pool).list({ kinds: ['NOT_READY'] }, { first: 100 });
  expect(rows.map(({ subject, count }) => [subject, count])).toEqual([[scheduleId, 1]]);
});

it('A night for which no run was ever asked is told of under its schedule, once, until a run over all patients completes', async () => {
  const batch = await createTestBatch({ users: 9 });
  resources.use({ [Symbol.asyncDispose]: () => batch.close() });
  const { scheduleId, ahead } = await nightly(batch);
  expect(await followed(batch.pool, 'NOT_READY', () => true)).toEqual([]); // its first slot is yet to come
  await batch.rows(MADE_BEFORE);
  const recordDate = localDate(new Date(Date.now() + (ahead - 24) * 3_600_000).toISOString().slice(0, 10));
  const [alert, ...others] = await followed(batch.pool, 'NOT_READY', (alerts) => alerts.length > 0);
  const readyBy = expect.stringMatching(/T\d\d:00:00\.000Z$/);
  expect([alert?.subject, alert?.facts, others]).toEqual([scheduleId, { program: 'daily', recordDate, readyBy }, []]);
  if (alert === undefined) throw new Error('no alert');
  expect(pageOf(alert)).toBe(`/console/schedules/${scheduleId}`);
  expect(alertWords('en').sentence(alert.kind, alert.facts)).toContain('no run was made for it');
  expect((await followed(batch.pool, 'NOT_READY', () => true)).map(({ count, state }) => [count, state])).toEqual([[1, 'OPEN']]);
  // The same a night later: the alert is that of the night before, and its message was sent.
  await batch.rows(
    `update batch.alert set record_date = record_date - 1, facts = facts || jsonb_build_object('recordDate', record_date - 1)`,
  );
  await batch.rows(`update batch.alert_delivery set state = 'SENT', attempts = 1, ended_at = now()`);
  const [first] = await batch.rows<{ id: string }>('select id from batch.alert_delivery');
  for (let look = 1; look <= 3; look += 1) {
    const told = await followed(batch.pool, 'NOT_READY', () => true);
    expect(told.map(({ count, state, facts }) => [count, state, facts.recordDate])).toEqual([[2, 'OPEN', recordDate]]);
  }
  const [again, ...more] = await batch.rows<{ id: string }>('select id, state, attempts from batch.alert_delivery');
  expect([again, again?.id === first?.id, more]).toEqual([{ id: expect.any(String), state: 'WAITING', attempts: 0 }, false, []]);
  await batch.run({ recordDate });
  await followed(batch.pool, 'NOT_READY', ([one]) => one?.state === 'RESOLVED');
});

it('A budget that is used up in a real run reaches the webhook, once', async () => {
  const receiver = resources.use(await startAlertReceiver());
  const model = resources.use(await openLocalModel({ port: 0, behave: () => ({ kind: 'sound' }) }));
  const database = resources.use(await createPatients(40));
  const llm = { GENERATOR: 'LLM', LLM_BASE_URL: model.url, LLM_MODEL: 'local', LLM_PRICE_INPUT: '1', LLM_PRICE_OUTPUT: '1', LLM_RUN_BUDGET: '0.02' }; // prettier-ignore
  const alerts = { ALERT_WEBHOOK_URL: receiver.url, ALERT_PATIENCE_MS: '100' };
  const service = resources.use(await startTestService(database, { environment: { ...llm, ...alerts } }));
  const { runId } = await runToEnd(service.url);
  const arrived = (): { kind: string; subject: string; state: string }[] => receiver.arrived.map(({ body }) => JSON.parse(body) as { kind: string; subject: string; state: string }); // prettier-ignore
  await receiver.until(() => arrived().some(({ kind }) => kind === 'BUDGET_REACHED'));
  expect(arrived().filter(({ kind }) => kind === 'BUDGET_REACHED')).toMatchObject([{ subject: runId, state: 'OPEN' }]);
});
