import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays, dateInZone } from '../../src/domain/local-date.js';
import { runBatch, runToEnd, type SeenProgress } from '../support/batch-client.js';
import { expectedOutcomes, type Expectation } from '../support/eligibility-oracle.js';
import { outcomesOf } from '../support/outcome-list.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { faultsOf } from '../support/run-faults.js';
import { startTestService, type TestService } from '../support/test-service.js';

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;
let expected: Expectation[];
let runId: string;
let end: SeenProgress;

const interventions = (): Promise<string[]> => database.column<string>('select i::text from ibsafe_interventionrecord i order by id');

const yesterday = (): string => addDays(dateInZone(new Date(), 'Asia/Seoul'), -1);

beforeAll(async () => {
  database = resources.use(await createPatients());
  service = resources.use(await startTestService(database));
  expected = await expectedOutcomes(database, RECORD_DATE);
  ({ runId, end } = await runToEnd(service.url));
});

afterAll(async () => {
  await resources.end();
});

describe('a run over everybody', () => {
  it('comes to an end in which every user of the roster is counted once', async () => {
    expect(end).toMatchObject({
      status: 'COMPLETED',
      percent: 100,
      roster: expected.length,
      done: expected.length,
      failed: 0,
      cancelled: 0,
    });
    expect(end.generated + end.skipped).toBe(expected.length);
    expect(await faultsOf(database, runId)).toEqual([]);
  });

  it('generates for whom, and skips for the reasons which, an independent statement says', async () => {
    const told = (await outcomesOf(service.url, runId)).map(({ userId, skipReasons }) => ({ userId, reasons: skipReasons.toSorted() }));
    expect(told).toEqual(expected);
    expect(new Set(expected.map(({ reasons }) => reasons.join()))).toContain('');
  });

  it('says in its totals how many had each reason', () => {
    const users = new Map<string, number>();
    for (const reason of expected.flatMap(({ reasons }) => reasons)) users.set(reason, (users.get(reason) ?? 0) + 1);
    expect(new Map(end.reasons.map(({ reason, users: count }) => [reason, count]))).toEqual(users);
    expect([...users.keys()].toSorted()).toEqual(['INTERVENTION_EXISTS', 'MISSING_EXERCISE_RECORD', 'MISSING_FOOD_RECORD', 'NO_PROFILE']);
  });

  it('leads from each outcome to its advice, which is for the day after the record date', async () => {
    for (const { userId, outcome, generator, attempts, intervention } of await outcomesOf(service.url, runId)) {
      if (outcome !== 'GENERATED') expect(intervention).toBeNull();
      else {
        expect(intervention).toMatchObject({ userId, recordDate: RECORD_DATE, targetDate: addDays(RECORD_DATE, 1) });
        expect({ generator, attempts }).toEqual({ generator: 'RULES', attempts: 1 });
      }
    }
  });
});

describe('a second run for the same date', () => {
  it('skips a user who has advice by now, and changes no row of it', async () => {
    const before = await interventions();
    const second = await runToEnd(service.url);
    expect(second.end).toMatchObject({ status: 'COMPLETED', generated: 0, skipped: expected.length });
    const skipped = await outcomesOf(service.url, second.runId);
    const advised = new Set(expected.filter(({ reasons }) => reasons.length === 0).map(({ userId }) => userId));
    expect(
      skipped.filter(({ userId }) => advised.has(userId)).every(({ skipReasons }) => skipReasons.join() === 'INTERVENTION_EXISTS'),
    ).toBe(true);
    expect(await interventions()).toEqual(before);
    expect(await faultsOf(database, second.runId)).toEqual([]);
  });
});

describe('a dry run', () => {
  it('judges and generates as a real one would, and writes no intervention', async () => {
    const recordDate = addDays(RECORD_DATE, -1);
    const before = await interventions();
    const wanted = (await expectedOutcomes(database, recordDate)).filter(({ reasons }) => reasons.length === 0).length;
    const dry = await runToEnd(service.url, { recordDate, dryRun: true });
    expect(wanted).toBeGreaterThan(0);
    expect(dry.end).toMatchObject({ status: 'COMPLETED', generated: wanted });
    expect((await outcomesOf(service.url, dry.runId)).every(({ intervention }) => intervention === null)).toBe(true);
    expect(await interventions()).toEqual(before);
    expect(await faultsOf(database, dry.runId)).toEqual([]);
  });
});

describe('a run over some users', () => {
  it('covers them and nobody else', async () => {
    const recordDate = addDays(RECORD_DATE, -2);
    const userIds = expected.filter((_, at) => at % 40 === 7).map(({ userId }) => userId);
    const some = await runToEnd(service.url, { recordDate, userIds: [...userIds, ...userIds].toReversed() });
    expect(some.end).toMatchObject({ status: 'COMPLETED', roster: userIds.length });
    expect((await outcomesOf(service.url, some.runId)).map(({ userId }) => userId)).toEqual(userIds);
    const touched = await database.column<number>('select distinct user_id from ibsafe_interventionrecord where record_date = $1', [
      recordDate,
    ]);
    expect(touched.filter((id) => !userIds.includes(id))).toEqual([]);
  });
});

describe('a run without a date', () => {
  it('is for yesterday in the time zone of the service', async () => {
    const before = yesterday();
    const { run } = await runBatch(service.url, { recordDate: null, dryRun: true });
    expect([before, yesterday()]).toContain(run?.recordDate); // the day may end while we ask
  });
});
