import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { AlertFollower } from '../../src/alerts/follower.js';
import { pauseRun } from '../../src/application/run/pause-run.js';
import { PROCESS_ROLES } from '../../src/runtime/process-role.js';
import { databaseMetrics } from '../../src/runtime/metrics/database-metrics.js';
import { LABELS } from '../../src/runtime/metrics/shown.js';
import { createTestBatch, type TestBatch } from '../support/batch-fixture.js';
import { holdsCanary, CANARIES } from '../support/canaries.js';
import { labelsIn, metricsOf, scrape, seriesOf, type Metrics } from '../support/metric-lines.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';

/** Labels of what a process counts by itself, and of prom-client's own metrics. */
const OF_PROCESS = ['job', 'code', 'result', 'direction', 'le', 'quantile', 'version', 'space', 'type', 'major', 'minor', 'patch'];

let batch: TestBatch;
let api: TestService;
beforeAll(async () => {
  batch = await createTestBatch({ users: 100 });
  api = await startTestService(batch, { role: 'api' });
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await batch.close();
});

const figure = (metrics: Metrics, name: string, labels?: Record<string, string>): number | undefined =>
  metrics.get(seriesOf(`ibsafe_batch_${name}`, labels));
const GOOD = { failuresPercent: 1, readyPercent: 99 };
/** What a scrape would tell now that shares no answer with another. */
const shown = async (): Promise<Metrics> => metricsOf(await databaseMetrics(api.core, GOOD));
const theSchedule = async (): Promise<string> => (await batch.rows<{ id: string }>('select schedule_id as id from batch.schedule_view limit 1'))[0]?.id as string; // prettier-ignore

describe.each(PROCESS_ROLES)('A process with the role %s', (role) => {
  it('answers who watches it on a port of its own, and nothing else there', async () => {
    await using service = await startTestService(batch, { role, environment: { METRICS_PORT: '0' } });
    const get = (path: string, init?: RequestInit): Promise<Response> => fetch(`${service.statusUrl}${path}`, init);
    expect([(await get('/healthz')).status, (await get('/readyz')).status]).toEqual([200, 200]);
    const metrics = await scrape(service.statusUrl);
    expect([...labelsIn(metrics).get('role') ?? []]).toContain(role); // prettier-ignore
    expect(figure(metrics, 'database_up')).toBe(1);
    expect(figure(metrics, 'job_store_up')).toBe(1);
    expect([(await get('/graphql', { method: 'POST' })).status, (await get('/metrics', { method: 'POST' })).status]).toEqual([404, 405]);
  });
});

it('A process without a port for it does not listen', async () => {
  await using worker = await startTestService(batch, { role: 'worker' });
  expect([worker.statusUrl, worker.url]).toEqual(['', '']);
});

describe('Metrics', () => {
  it('tell the latest night by outcome and reason, once all is done and while it goes on', async () => {
    await batch.run();
    const ended = await shown();
    const users = (metrics: Metrics): (number | undefined)[] => ['GENERATED', 'EXISTED', 'SKIPPED', 'FAILED', 'CANCELLED'].map((outcome) => figure(metrics, 'night_users', { program: 'daily', outcome })); // prettier-ignore
    expect(users(ended)).toEqual([70, 0, 20, 10, 0]);
    const reason = (code: string): number | undefined => figure(ended, 'night_reasons', { program: 'daily', reason: code });
    expect([reason('MISSING_FOOD_RECORD'), reason('INVALID_INPUT')]).toEqual([20, 10]);
    expect(figure(ended, 'last_run_seconds', { program: 'daily' })).toBeGreaterThan(0);
  });

  it('tell runs by status and by the cause of a pause, and 0 where there is none', async () => {
    const id = await batch.request();
    await pauseRun(batch.deps, id, { cause: 'OPERATOR', reason: `${CANARIES.join(' ')} of user 4711` }, 'test');
    const metrics = await shown();
    const runs = (status: string, cause = ''): number | undefined => figure(metrics, 'runs', { program: 'daily', status, cause });
    expect([runs('PAUSED', 'OPERATOR'), runs('PAUSED', 'FAULT'), runs('COMPLETED_WITH_FAILURES'), runs('FAILED')]).toEqual([1, 0, 1, 0]);
    expect(figure(metrics, 'runs', { program: 'sleep', status: 'RUNNING', cause: '' })).toBe(0);
    expect(figure(metrics, 'oldest_run_seconds', { program: 'daily' })).toBeGreaterThan(0);
    expect(figure(metrics, 'active_runs')).toBe(1);
  });

  it('tell the next slot of a schedule, its skipped slots by reason, and its last run that came to something', async () => {
    const schedule = await theSchedule();
    const before = await shown();
    expect(figure(before, 'schedule_due_timestamp_seconds', { schedule, program: 'daily' })).toBeGreaterThan(Date.now() / 1_000);
    expect(figure(before, 'last_success_timestamp_seconds', { schedule, program: 'daily' })).toBeUndefined();
    expect(figure(before, 'slots_skipped_total', { schedule, reason: 'OVERLAP' })).toBe(0);
    // One of ten fails, which is more than one in a hundred; a run of those who do not is a success.
    await batch.run({ trigger: 'SCHEDULE', scheduleId: schedule, slot: '2026-01-01T00:00:00.000Z' });
    expect(figure(await shown(), 'last_success_timestamp_seconds', { schedule, program: 'daily' })).toBeUndefined();
    await batch.run({ trigger: 'SCHEDULE', scheduleId: schedule, slot: '2026-01-02T00:00:00.000Z', userIds: [3, 4, 5] });
    await batch.rows(
      `update batch.schedule_view set skipped_slots = '{"OVERLAP": 2}', last_slot = now() - interval '3 days', effective_since = now() - interval '9 days'`,
    );
    const after = await shown();
    expect(figure(after, 'last_success_timestamp_seconds', { schedule, program: 'daily' })).toBeGreaterThan(Date.now() / 1_000 - 600);
    expect(figure(after, 'slots_skipped_total', { schedule, reason: 'OVERLAP' })).toBe(2);
    // Nobody has recorded the slots of three days.
    expect(figure(after, 'schedule_due_timestamp_seconds', { schedule, program: 'daily' })).toBeLessThan(Date.now() / 1_000);
  });

  it('tell who had no advice at the ready-by time, as the look at that time found', async () => {
    const schedule = await theSchedule();
    const readyBy = new Date(Date.now() - 1_000).toISOString();
    await batch.request({ trigger: 'SCHEDULE', scheduleId: schedule, slot: '2026-01-03T00:00:00.000Z', readyBy });
    const follower = new AlertFollower(batch.pool, { channels: ['EMAIL'], failuresPercent: 1, readyPercent: 99, settleMs: 0 });
    const looked = async (): Promise<boolean> => (await batch.rows('select from batch.coverage')).length === 1;
    await until(async () => {
      while (await follower.step());
      return looked();
    });
    const metrics = await shown();
    const users = (advice: string): number | undefined => figure(metrics, 'ready_by_users', { schedule, advice });
    expect([users('with'), users('without'), figure(metrics, 'ready_by_met', { schedule })]).toEqual([0, 100, 0]);
    expect(figure(metrics, 'ready_by_timestamp_seconds', { schedule })).toBeCloseTo(Date.parse(readyBy) / 1_000, 2);
  });

  it('tell what is open and what waits to be sent, for how long', async () => {
    await batch.rows(`update batch.alert_delivery set made_at = now() - interval '1 hour'`);
    const metrics = await shown();
    expect(figure(metrics, 'alerts_open', { kind: 'NOT_READY' })).toBe(1);
    expect(figure(metrics, 'alerts_open', { kind: 'LOG_LAGGING' })).toBe(0);
    expect(figure(metrics, 'alert_messages_waiting', { channel: 'EMAIL' })).toBeGreaterThan(0);
    expect(figure(metrics, 'alert_oldest_waiting_seconds', { channel: 'EMAIL' })).toBeGreaterThanOrEqual(3_600);
  });

  it('tell lanes and living processes by role', async () => {
    await using worker = await startTestService(batch, { role: 'worker', environment: { WORKER_LANES: '3' } });
    const metrics = await shown();
    expect(worker.url).toBe('');
    expect([figure(metrics, 'lanes'), figure(metrics, 'processes', { role: 'worker' }), figure(metrics, 'processes', { role: 'scheduler' })]).toEqual([3, 1, 0]); // prettier-ignore
  });

  it('have labels of a closed list, no user among them, and no word of an operator but the names of schedules', async () => {
    const text = await (await fetch(`${api.url}/metrics`)).text();
    const labels = labelsIn(await scrape(api.url));
    expect([...labels.keys()].filter((label) => ![...LABELS, ...OF_PROCESS].includes(label))).toEqual([]);
    // As a label of its own: a figure in bytes or seconds, or a random id, may well hold these digits.
    const namesUser = /\{[^}]*(?<![\w-])4711(?![\w-])[^}]*\}/.test(text);
    expect([holdsCanary(text), namesUser]).toEqual([false, false]);
  });

  it('cost as many statements with many schedules and runs as with few', async () => {
    const count = async (): Promise<number> => {
      let sent = 0;
      const query = ((...args: Parameters<pg.Pool['query']>) => {
        sent += 1;
        return batch.pool.query(...args);
      }) as pg.Pool['query'];
      await databaseMetrics({ ...api.core, pool: { query } as pg.Pool }, GOOD);
      return sent;
    };
    const few = await count();
    await batch.rows(`insert into batch.schedule_view select gen_random_uuid(), version, settings_version, status, name, settings, paused_reason, effective_since,
      last_slot, last_fired_slot, last_run_id, fired_slots, skipped_slots, has_uncounted_skips, created_by, created_at, updated_at
      from batch.schedule_view, generate_series(1, 150)`);
    for (let run = 0; run < 3; run += 1) await batch.run({ userIds: [3, 4] });
    expect(await count()).toBe(few);
    const schedules = labelsIn(await shown()).get('schedule');
    expect(schedules?.size).toBe(100);
  });
});
