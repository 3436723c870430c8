import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { begin, runToEnd } from '../support/batch-client.js';
import { endOf, retryRun, runOf } from '../support/control-client.js';
import { outcomesOf } from '../support/outcome-list.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { faultsOf } from '../support/run-faults.js';
import { holdWorkers } from '../support/table-hold.js';
import { startTestService, type TestService } from '../support/test-service.js';

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;
/** A run in which two users failed, and the two. */
let parentId: string;
let failed: number[];

beforeAll(async () => {
  database = resources.use(await createPatients(60));
  service = resources.use(await startTestService(database));
  const spoilt = await database.column<number>(
    `update ibsafe_userexerciserecord set current_steps = -abs(current_steps) - 1 where user_id in (
      select e.user_id from ibsafe_userexerciserecord e join ibsafe_userfoodrecord f using (user_id, record_date)
        join ibsafe_userprofile using (user_id) join auth_user a on a.id = e.user_id and a.is_active and not a.is_staff
      where record_date = $1 and not exists (select from ibsafe_interventionrecord i where i.user_id = e.user_id and i.record_date = $1)
      group by e.user_id order by e.user_id limit 2) returning user_id`,
    [RECORD_DATE],
  );
  failed = [...new Set(spoilt)].toSorted((one, other) => one - other);
  const { runId, end } = await runToEnd(service.url);
  expect(end).toMatchObject({ status: 'COMPLETED_WITH_FAILURES', failed: 2 });
  parentId = runId;
});

afterAll(async () => {
  await resources.end();
});

const usersIn = async (runId: string): Promise<number[]> => (await outcomesOf(service.url, runId)).map(({ userId }) => userId);

describe('retryRun', () => {
  it('without an outcome takes those that failed, as a new run linked to its parent', async () => {
    const { run, repeated } = await retryRun(service.url, { runId: parentId, reason: 'the records were mended' });
    expect(repeated).toBe(false);
    expect(run).toMatchObject({
      trigger: 'RETRY',
      parent: { id: parentId },
      retry: { outcomes: ['FAILED'], reasons: null },
      recordDate: RECORD_DATE,
    });
    expect(await endOf(service.url, run?.id ?? '')).toBe('COMPLETED_WITH_FAILURES');
    expect(await usersIn(run?.id ?? '')).toEqual(failed);
    expect((await runOf(service.url, parentId)).retries).toEqual([{ id: run?.id }]);
  });

  it('keeps who is repeated out of the log: the event has the selection, the roster is read when it is planned', async () => {
    await database.rows('update ibsafe_userexerciserecord set current_steps = 4000 where user_id = any($1) and record_date = $2', [
      failed,
      RECORD_DATE,
    ]);
    const input = { runId: parentId, only: ['FAILED'], reasons: ['INVALID_INPUT'], idempotencyKey: randomUUID() };
    const { run } = await retryRun(service.url, input);
    expect(await endOf(service.url, run?.id ?? '')).toBe('COMPLETED');
    expect(await usersIn(run?.id ?? '')).toEqual(failed);
    expect(await faultsOf(database, run?.id ?? '')).toEqual([]);
    const [requested] = await database.column<object>(`select data from batch.event where run_id = $1 and type = 'RunRequested'`, [
      run?.id,
    ]);
    expect(requested).toMatchObject({ parentRunId: parentId, retry: { outcomes: ['FAILED'], reasons: ['INVALID_INPUT'] } });
    expect(requested).not.toHaveProperty('userIds');
    expect(await retryRun(service.url, input)).toMatchObject({ repeated: true, run: { id: run?.id } });
    // The selection stands in the order's depth: another one is another request.
    expect(await retryRun(service.url, { ...input, reasons: ['GENERATOR_ERROR'] })).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it('takes those skipped for a reason, whatever else they were skipped for, and leaves closed accounts out', async () => {
    const missing = (await outcomesOf(service.url, parentId)).filter(({ skipReasons }) => skipReasons.includes('MISSING_FOOD_RECORD'));
    const [closed, ...open] = missing.map(({ userId }) => userId);
    await database.rows('update auth_user set is_active = false where id = $1', [closed]);
    const { run } = await retryRun(service.url, { runId: parentId, reasons: ['MISSING_FOOD_RECORD'] });
    expect(run?.retry).toEqual({ outcomes: ['SKIPPED'], reasons: ['MISSING_FOOD_RECORD'] });
    expect(await endOf(service.url, run?.id ?? '')).toBe('COMPLETED');
    expect(open.length).toBeGreaterThan(1);
    expect(await usersIn(run?.id ?? '')).toEqual(open);
  });

  it('takes of those only the users it is asked for, keeps their order out of it, and is refused where none of them is one', async () => {
    const skipped = (await outcomesOf(service.url, parentId))
      .filter(({ skipReasons }) => skipReasons.length > 0)
      .map(({ userId }) => userId);
    const open = await database.column<number>('select id from auth_user where id = any($1) and is_active order by id', [skipped]);
    const [first, second] = open;
    const userIds = [second, first, failed[0]];
    const { run } = await retryRun(service.url, { runId: parentId, only: ['SKIPPED'], userIds });
    expect(await endOf(service.url, run?.id ?? '')).toBe('COMPLETED');
    expect(await usersIn(run?.id ?? '')).toEqual([first, second]);
    expect(await retryRun(service.url, { runId: parentId, only: ['CANCELLED'], userIds })).toMatchObject({ code: 'NOTHING_TO_RETRY' });
    expect(await retryRun(service.url, { runId: parentId, only: ['SKIPPED'], userIds: [failed[0]] })).toMatchObject({
      code: 'NOTHING_TO_RETRY',
    });
    expect(await retryRun(service.url, { runId: parentId, userIds: [] })).toMatchObject({ code: 'EMPTY_USER_IDS' });
    expect(await retryRun(service.url, { runId: parentId, userIds: [2_147_483_647] })).toMatchObject({ code: 'UNKNOWN_USERS' });
  });

  it('of a dry run is dry', async () => {
    const parent = await runToEnd(service.url, { dryRun: true });
    const { run } = await retryRun(service.url, { runId: parent.runId, only: ['SKIPPED'] });
    expect(run?.dryRun).toBe(true);
    await endOf(service.url, run?.id ?? '');
  });

  it('with nobody in it is refused, and says what the outcomes were', async () => {
    const answer = await retryRun(service.url, { runId: parentId, only: ['CANCELLED'] });
    expect(answer).toMatchObject({ code: 'NOTHING_TO_RETRY', message: expect.stringMatching(/failed 2, cancelled 0; .*INVALID_INPUT 2/) });
    expect(await retryRun(service.url, { runId: parentId, only: [] })).toMatchObject({ code: 'NO_OUTCOMES_CHOSEN' });
  });

  it('is refused for a run that goes on, for an unknown one, and while another run for the date is active', async () => {
    const hold = await holdWorkers(database, 'READING');
    const active = await begin(service.url);
    expect(await retryRun(service.url, { runId: active })).toMatchObject({ code: 'RUN_NOT_ENDED' });
    expect(await retryRun(service.url, { runId: parentId, only: ['SKIPPED'] })).toMatchObject({ code: 'RUN_ALREADY_ACTIVE' });
    expect(await retryRun(service.url, { runId: randomUUID() })).toMatchObject({ code: 'RUN_NOT_FOUND' });
    await hold.release();
    await endOf(service.url, active);
  });
});

describe('the report of a run', () => {
  it('of a dry run that regenerates tells how many interventions it would write, and how many of them in the place of one', async () => {
    const [there] = await database.column<number>(
      `select count(*)::int from ibsafe_interventionrecord i where record_date = $1 and gubun = 'all' and exists (
        select from ibsafe_userfoodrecord f where f.user_id = i.user_id and f.record_date = $1) and exists (
        select from ibsafe_userexerciserecord e where e.user_id = i.user_id and e.record_date = $1) and exists (
        select from auth_user a where a.id = i.user_id and a.is_active and not a.is_staff)`,
      [RECORD_DATE],
    );
    const { runId, end } = await runToEnd(service.url, { dryRun: true, onExisting: 'REGENERATE' });
    expect((await runOf(service.url, runId)).report).toEqual({ dryRun: true, interventions: end.generated, replacing: there, keeping: 0 });
    const plain = await runToEnd(service.url, { dryRun: true });
    expect((await runOf(service.url, plain.runId)).report).toEqual({
      dryRun: true,
      interventions: 0,
      replacing: 0,
      keeping: expect.any(Number),
    });
    expect((await runOf(service.url, plain.runId)).report.keeping).toBeGreaterThanOrEqual(there ?? 1);
  });
});
