import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays } from '../../src/domain/local-date.js';
import { compareViews } from '../../src/projections/rebuild/rebuild-views.js';
import { runBatch, runToEnd } from '../support/batch-client.js';
import { endOf, retryRun } from '../support/control-client.js';
import { dataOf } from '../support/graphql-client.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';

const WHY = 'the database moves tonight';
const day = (back: number): string => addDays(RECORD_DATE, -back);

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;
let earlier: string;

interface BackfillAnswer {
  readonly code?: string;
  readonly message?: string;
  readonly backfill?: { readonly id: string; readonly withoutSchedule: string | null };
}

const BACKFILL = `mutation ($input: BackfillInput!) {
  backfill(input: $input) { ... on BackfillAccepted { backfill { id withoutSchedule } } ... on Error { code message } }
}`;
const backfill = async (input: object): Promise<BackfillAnswer> =>
  (await dataOf<{ backfill: BackfillAnswer }>(service.url, BACKFILL, { input: { from: day(3), to: day(2), ...input } })).backfill;
const requested = (runId: string): Promise<object[]> =>
  database.column<object>(`select data->>'withoutSchedule' from batch.event where run_id = $1 and type = 'RunRequested'`, [runId]);

beforeAll(async () => {
  database = resources.use(await createPatients(40));
  service = resources.use(await startTestService(database));
  earlier = (await runToEnd(service.url, { recordDate: day(1) })).runId;
  const { schedules } = await dataOf<{ schedules: { nodes: { id: string }[] } }>(service.url, '{ schedules(first: 5) { nodes { id } } }');
  const pause = 'mutation ($id: UUID!) { pauseSchedule(id: $id, reason: "maintenance") { __typename } }';
  for (const { id } of schedules.nodes) await dataOf(service.url, pause, { id });
});

afterAll(async () => {
  await resources.end();
});

describe('while the only schedule is paused', () => {
  it('a run, a retry and a backfill are refused, and the refusal names the way to have one all the same', async () => {
    const named = expect.stringMatching(/--without-schedule "reason".*`withoutSchedule`/);
    const refusal = { code: 'NO_ACTIVE_SCHEDULE', message: named };
    expect(await runBatch(service.url)).toMatchObject(refusal);
    expect(await runBatch(service.url, { onExisting: 'REGENERATE', userIds: [1, 2] })).toMatchObject(refusal);
    expect(await retryRun(service.url, { runId: earlier, only: ['SKIPPED'] })).toMatchObject(refusal);
    expect(await backfill({})).toMatchObject(refusal);
    expect(await database.column('select 1 from batch.backfill_view')).toEqual([]);
  });

  it('the refusal has its sentence in Korean too, with the same values', async () => {
    const ask = `mutation { runBatch(input: { recordDate: "2031-01-01", withoutSchedule: "${WHY}" }) { ... on Error { code message ko: message(language: KO) } } }`;
    const { runBatch: refused } = await dataOf<{ runBatch: Record<'code' | 'message' | 'ko', string> }>(service.url, ask);
    const [, today = ''] = /be (\S+) or earlier/u.exec(refused.message) ?? [];
    expect(refused).toEqual({
      code: 'DATE_IN_FUTURE',
      message: `The record date must be ${today} or earlier, found 2031-01-01. Choose a day that has records.`,
      ko: `기록일은 ${today} 또는 그 이전이어야 하는데 2031-01-01입니다. 기록이 있는 날을 고르세요.`,
    });
  });

  it('a reason of nothing, of two lines or of a novel’s length is none', async () => {
    for (const [withoutSchedule, code] of [
      ['  ', 'REASON_MISSING'],
      ['one\ntwo', 'REASON_UNPRINTABLE'],
      ['x'.repeat(501), 'REASON_TOO_LONG'],
    ] as const) {
      expect(await runBatch(service.url, { withoutSchedule })).toMatchObject({ code });
      expect(await backfill({ withoutSchedule })).toMatchObject({ code });
    }
  });

  it('a run with a reason is made, and log and run tell the reason', async () => {
    const { runId, end } = await runToEnd(service.url, { withoutSchedule: WHY, reason: 'asked by the ward' });
    expect(end.status).toBe('COMPLETED');
    expect(await requested(runId)).toEqual([WHY]);
    const { run } = await dataOf<{ run: object }>(service.url, `query ($id: UUID!) { run(id: $id) { withoutSchedule reason } }`, {
      id: runId,
    });
    expect(run).toEqual({ withoutSchedule: WHY, reason: 'asked by the ward' });
  });

  it('so is a retry, and each run of a backfill', async () => {
    const retried = await retryRun(service.url, { runId: earlier, only: ['SKIPPED'], withoutSchedule: WHY });
    expect(await endOf(service.url, retried.run?.id ?? '')).toMatch(/^COMPLETED/);
    expect(await requested(retried.run?.id ?? '')).toEqual([WHY]);
    const { backfill: made } = await backfill({ withoutSchedule: WHY });
    expect(made?.withoutSchedule).toBe(WHY);
    const ended = `select 1 from batch.backfill_view where backfill_id = $1 and status = 'COMPLETED'`;
    await until(async () => (await database.column(ended, [made?.id])).length > 0);
    const runs = await database.column<string>('select without_schedule from batch.run_view where backfill_id = $1', [made?.id]);
    expect(runs).toEqual([WHY, WHY]);
  });

  it('what only judges needs no schedule and no reason', async () => {
    for (const input of [{ dryRun: true }, { shadow: true }, { dryRun: true, userIds: [1, 2, 3] }]) {
      const { end } = await runToEnd(service.url, { recordDate: day(4), ...input });
      expect(end.status).toMatch(/^COMPLETED/);
    }
  });

  it('a key that was refused is free for the same order with a reason', async () => {
    const idempotencyKey = 'moving-day';
    const dates = { from: day(6), to: day(6) };
    expect(await backfill({ ...dates, idempotencyKey })).toMatchObject({ code: 'NO_ACTIVE_SCHEDULE' });
    const made = await backfill({ ...dates, idempotencyKey, withoutSchedule: WHY });
    expect(made.backfill?.id).toBeDefined();
    expect((await backfill({ ...dates, idempotencyKey, withoutSchedule: WHY })).backfill?.id).toBe(made.backfill?.id);
    const ended = `select 1 from batch.backfill_view where backfill_id = $1 and status = 'COMPLETED'`;
    await until(async () => (await database.column(ended, [made.backfill?.id])).length > 0);
  });

  it('views made anew from the log hold the reasons as well', async () => {
    expect((await compareViews(database.pool)).differences).toEqual([]);
  });
});
