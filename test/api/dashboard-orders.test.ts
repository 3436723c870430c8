import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiKeyStore } from '../../src/identity/api-key-store.js';
import { scheduleStatus } from '../../src/application/schedules/schedule-status.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';
import { Visitor, type Page } from './dashboard-visitor.js';

let database: TestDatabase;
let service: TestService;
let visitor: Visitor;

interface ShownJob {
  readonly job: { readonly _id: string; readonly name: string; readonly nextRunAt: string | null };
  readonly paused: boolean;
}

beforeAll(async () => {
  database = await createTestDatabase();
  // Its scheduler syncs when it is told, and not by the clock: what the store holds at once is the dashboard's own doing.
  service = await startTestService(database, { environment: { AUTH_API_KEYS: 'on', BATCH_SYNC_MS: '3600000' } });
  const key = await new ApiKeyStore(service.core.pool).create({ name: 'kim', role: 'admin', createdBy: 'test' });
  visitor = new Visitor(service.url);
  await visitor.post('/dashboard/login', { token: key?.key ?? '' });
  await until(async () => (await shown()).length > 0);
});
afterAll(async () => {
  await service?.[Symbol.asyncDispose]();
  await database?.drop();
});

const shown = async (): Promise<ShownJob[]> => (JSON.parse((await visitor.get('/dashboard/api')).text) as { jobs: ShownJob[] }).jobs;
const order = (what: string, jobIds: unknown): Promise<Page> => visitor.call(`/dashboard/api/jobs/${what}`, { jobIds });
const idOfJob = async (): Promise<string> => (await shown())[0]?.job._id ?? '';
const schedules = async (): Promise<object[]> =>
  (await service.core.pool.query('select status, paused_reason from batch.schedule_view')).rows;
const events = async (): Promise<object[]> => {
  const text = `select type, actor, data->>'reason' as reason from batch.event where stream like 'schedule-%' order by version`;
  return (await service.core.pool.query(text)).rows;
};
const drift = async (): Promise<object> => {
  const { jobs } = await scheduleStatus(service.core.deps);
  return jobs.ok ? { jobs: jobs.jobs, enabled: jobs.enabledJobs, drift: Object.values(jobs.drift).flat() } : {};
};

describe('an order of the dashboard', () => {
  it('to pause a schedule’s job pauses the schedule, in the name of who is signed in, and keeps the job to be resumed', async () => {
    const id = await idOfJob();
    expect(await order('pause', [id, id])).toMatchObject({ status: 200, text: '{"pausedCount":1}' });
    expect(await schedules()).toEqual([{ status: 'PAUSED', paused_reason: 'from the job dashboard' }]);
    expect((await events()).at(-1)).toEqual({ type: 'SchedulePaused', actor: 'key:kim', reason: 'from the job dashboard' });
    expect(await shown()).toEqual([expect.objectContaining({ paused: true, job: expect.objectContaining({ _id: id, nextRunAt: null }) })]);
    expect(await drift()).toEqual({ jobs: 1, enabled: 0, drift: [] });
  });

  it('to pause what is paused changes nothing, and is no failure', async () => {
    const before = await events();
    expect(await order('pause', [await idOfJob()])).toMatchObject({ status: 200 });
    expect(await events()).toEqual(before);
  });

  it('to resume it resumes the schedule, and the job rings again', async () => {
    expect(await order('resume', [await idOfJob()])).toMatchObject({ status: 200, text: '{"resumedCount":1}' });
    expect(await schedules()).toEqual([{ status: 'ACTIVE', paused_reason: null }]);
    expect((await events()).at(-1)).toMatchObject({ type: 'ScheduleActivated', actor: 'key:kim' });
    expect(await shown()).toEqual([
      expect.objectContaining({ paused: false, job: expect.objectContaining({ nextRunAt: expect.any(String) }) }),
    ]);
    expect(await drift()).toEqual({ jobs: 1, enabled: 1, drift: [] });
  });

  it.each([
    ['create', { jobName: 'run: plan', jobData: { runId: 'x' } }, /No job can be made here.*schedule create/],
    ['delete', { jobIds: ['1'] }, /No job can be deleted here.*schedule delete/],
    ['requeue', { jobIds: ['1'] }, /No job can be requeued here.*retryRun/],
    ['retry', { jobIds: ['1'] }, /No job can be retried here.*within seconds/],
    ['delete/', { jobIds: ['1'] }, /No job can be deleted here/],
    ['anything-else', {}, /Here jobs are looked at/],
    ['Delete', { jobIds: ['1'] }, /Here jobs are looked at/],
  ])('to %s is refused with a sentence, and does nothing', async (what, body, sentence) => {
    const before = [await shown(), await events()];
    const { status, text } = await visitor.call(`/dashboard/api/jobs/${what}`, body);
    expect([status, (JSON.parse(text) as { error: { message: string } }).error.message]).toEqual([405, expect.stringMatching(sentence)]);
    expect([await shown(), await events()]).toEqual(before);
  });

  it('on a job that is no schedule’s, or is gone, is refused as a whole', async () => {
    const before = [await shown(), await events()];
    for (const [ids, status] of [
      [[await idOfJob(), '00000000-0000-4000-8000-000000000009'], 409],
      [['no id at all'], 409],
      ['not a list', 400],
      [[7], 400],
      [undefined, 400],
    ] as const)
      expect([ids, (await order('pause', ids)).status]).toEqual([ids, status]);
    expect([await shown(), await events()]).toEqual(before);
  });
});
