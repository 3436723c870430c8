import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runBatch } from '../support/batch-client.js';
import { dataOf } from '../support/graphql-client.js';
import { createPatients, type PatientsDatabase } from '../support/patients-database.js';
import { openPostgresProxy, type PostgresProxy } from '../support/postgres-proxy.js';
import { Resources } from '../support/resources.js';
import { holdTable } from '../support/table-hold.js';
import { startTestService, type TestService } from '../support/test-service.js';

const resources = new Resources();
let database: PatientsDatabase;
let proxy: PostgresProxy;
let service: TestService;

beforeAll(async () => {
  database = resources.use(await createPatients(5));
  proxy = resources.use(await openPostgresProxy(database.url));
  service = resources.use(await startTestService({ url: proxy.url }, { role: 'api' }));
});
afterAll(() => resources.end());

const made = (): Promise<string[]> => database.column<string>('select run_id from batch.run_view order by requested_at');

describe('an order whose COMMIT is carried out without an answer', () => {
  it.each([
    ['under an idempotency key', { idempotencyKey: randomUUID() }, '2026-02-27'],
    ['without one, where a second run of its date would be refused', {}, '2026-02-28'],
  ])('is answered by its own run, which is the only one: %s', async (_, key, recordDate) => {
    const before = await made();
    const lost = proxy.lostAnswers;
    proxy.loseCommitAnswers(1, 1);
    const answer = await runBatch(service.url, { recordDate, ...key });
    expect(proxy.lostAnswers - lost).toBe(1);
    const runs = (await made()).filter((id) => !before.includes(id));
    expect(answer).toMatchObject({ kind: 'RunBatchAccepted', run: { id: runs[0] } });
    expect(runs).toHaveLength(1);
    if ('idempotencyKey' in key)
      expect(await runBatch(service.url, { recordDate, ...key })).toMatchObject({ repeated: true, run: { id: runs[0] } });
    const events = await database.column('select type from batch.event where run_id = $1', [runs[0]]);
    expect(events).toEqual(['RunRequested']);
  });
});

describe('an order of any other kind whose COMMIT is carried out without an answer', () => {
  const ids: { run?: string; schedule?: string; backfill?: string } = {};
  const SCHEDULE = '{ name: "밤", frequency: DAILY, hour: 3, minute: 30 }';

  beforeAll(async () => {
    ids.run = (await runBatch(service.url, { recordDate: '2026-02-20' })).run?.id ?? '';
  });

  it.each<[order: string, typename: string, event: string, mutation: () => string]>([
    ['pauseRun', 'RunChanged', 'RunPaused', () => `pauseRun(runId: "${ids.run}", reason: "a look") { kind: __typename }`],
    ['resumeRun', 'RunChanged', 'RunResumed', () => `resumeRun(runId: "${ids.run}") { kind: __typename }`],
    ['cancelRun', 'RunChanged', 'RunCancelRequested', () => `cancelRun(runId: "${ids.run}") { kind: __typename }`],
    [
      'createSchedule',
      'ScheduleAccepted',
      'ScheduleCreated',
      () => `createSchedule(input: ${SCHEDULE}) { kind: __typename ... on ScheduleAccepted { schedule { id } } }`,
    ],
    [
      'pauseSchedule',
      'ScheduleAccepted',
      'SchedulePaused',
      () => `pauseSchedule(id: "${ids.schedule}", reason: "holiday") { kind: __typename }`,
    ],
    ['resumeSchedule', 'ScheduleAccepted', 'ScheduleActivated', () => `resumeSchedule(id: "${ids.schedule}") { kind: __typename }`],
    [
      'backfill',
      'BackfillAccepted',
      'BackfillRequested',
      () => `backfill(input: { from: "2026-01-03", to: "2026-01-04" }) { kind: __typename ... on BackfillAccepted { backfill { id } } }`,
    ],
    ['cancelBackfill', 'BackfillAccepted', 'BackfillCancelled', () => `cancelBackfill(id: "${ids.backfill}") { kind: __typename }`],
  ])('is answered as carried out, once: %s', async (_order, kind, event, mutation) => {
    const told = (): Promise<number[]> => database.column<number>('select count(*)::int from batch.event where type = $1', [event]);
    const [[before = 0], lost] = [await told(), proxy.lostAnswers];
    proxy.loseCommitAnswers(1, 1);
    const { answer } = await dataOf<{ answer: { kind: string; schedule?: { id: string }; backfill?: { id: string } } }>(
      service.url,
      `mutation { answer: ${mutation()} }`,
    );
    if (answer.schedule !== undefined) ids.schedule = answer.schedule.id;
    if (answer.backfill !== undefined) ids.backfill = answer.backfill.id;
    expect([proxy.lostAnswers - lost, answer.kind, await told()]).toEqual([1, kind, [before + 1]]);
  });
});

it('An order whose connection breaks before its COMMIT is an error, and nothing of it is there', async () => {
  const before = await made();
  const hold = await holdTable(database, 'batch.run_view in share mode');
  const answer = runBatch(service.url, { recordDate: '2026-02-19' }).catch((error: unknown) => error);
  await hold.reached(1);
  expect(proxy.reset((name) => name.includes('core'))).toBeGreaterThan(0);
  await hold.release();
  expect(await answer).toBeInstanceOf(Error);
  expect(await made()).toEqual(before);
});
