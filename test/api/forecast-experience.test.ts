import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays } from '../../src/domain/local-date.js';
import type { Experience } from '../../src/domain/run/forecast.js';
import { runToEnd } from '../support/batch-client.js';
import { endOf, retryRun } from '../support/control-client.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { startTestService, type TestService } from '../support/test-service.js';

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;
/** What one night taught. */
let night: Experience;
let nightId: string;

const experience = (): Promise<Experience> => service.core.deps.forecasts.experience('RULES', 'daily');

beforeAll(async () => {
  database = resources.use(await createPatients(80));
  service = resources.use(await startTestService(database));
  expect(await experience()).toMatchObject({ eligibleShare: null, usersPerSecond: null });
  const { runId, end } = await runToEnd(service.url, { recordDate: addDays(RECORD_DATE, -1) });
  nightId = runId;
  night = await experience();
  expect(night.eligibleShare).toBe(end.generated / (end.roster ?? 0));
  expect(night.usersPerSecond).toBeGreaterThan(0);
});

afterAll(async () => {
  await resources.end();
});

describe('what forecasts learn from', () => {
  it.each([
    ['a dry run', { dryRun: true }],
    ['a shadow run', { shadow: true }],
    ['a run of chosen users', { userIds: [1, 2, 3, 4, 5, 6, 7, 8, 9] }],
    ['a dry run of a day that is done', { recordDate: addDays(RECORD_DATE, -1), dryRun: true }],
    ['a run of a day without records', { recordDate: addDays(RECORD_DATE, -300) }],
    ['a run of a day that is done already', { recordDate: addDays(RECORD_DATE, -1) }],
    ['a run of another program', { program: 'SLEEP' }],
  ])('is not %s', async (_, input) => {
    const { end } = await runToEnd(service.url, input);
    expect(end.status).toMatch(/^COMPLETED/);
    expect(await experience()).toEqual(night);
  });

  it('is no retry, of whatever users', async () => {
    const answer = await retryRun(service.url, { runId: nightId, only: ['SKIPPED'] });
    expect(await endOf(service.url, answer.run?.id ?? '')).toMatch(/^COMPLETED/);
    expect(await experience()).toEqual(night);
  });

  it('is a night of everybody, and of one that stood still for hours its users but not its time', async () => {
    const { runId, end } = await runToEnd(service.url, { recordDate: addDays(RECORD_DATE, -2) });
    await database.rows(`update batch.run_view set resumed_at = ended_at, started_at = started_at - interval '9 hours' where run_id = $1`, [
      runId,
    ]);
    const after = await experience();
    expect(after.usersPerSecond).toBe(night.usersPerSecond);
    expect(after.eligibleShare).not.toBe(night.eligibleShare);
    expect(after.eligibleShare).toBeCloseTo(((night.eligibleShare ?? 0) + end.generated / (end.roster ?? 0)) / 2, 10);
  });

  it('counts those who had advice already among the eligible: they were not left out for their records', async () => {
    const recordDate = addDays(RECORD_DATE, -3);
    const before = await experience();
    const advised = "select distinct user_id from batch.outcome_view where type = 'InterventionGenerated' order by 1 limit 20";
    const chosen = await runToEnd(service.url, { recordDate, userIds: await database.column<number>(advised) });
    const { end } = await runToEnd(service.url, { recordDate });
    const existed = end.reasons.find(({ reason }) => reason === 'INTERVENTION_EXISTS')?.users ?? 0;
    expect(existed).toBe(chosen.end.generated);
    expect(existed).toBeGreaterThan(5);
    const share = (end.generated + existed) / (end.roster ?? 0);
    expect((await experience()).eligibleShare).toBeCloseTo((2 * (before.eligibleShare ?? 0) + share) / 3, 10);
  });
});
