import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays } from '../../src/domain/local-date.js';
import { runToEnd } from '../support/batch-client.js';
import { ask, dataOf } from '../support/graphql-client.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { startTestService, type TestService } from '../support/test-service.js';

const FAILURES = 'query ($from: Date!, $to: Date!) { failures(from: $from, to: $to) { code outcomes patients without } }';
const [BEFORE, DAY] = [addDays(RECORD_DATE, -1), RECORD_DATE];

interface Count {
  readonly code: string;
  readonly outcomes: number;
  readonly patients: number;
  readonly without: number;
}

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;
/** Patients who cannot be advised on either day. */
let unfit: readonly number[];

beforeAll(async () => {
  database = resources.use(await createPatients(80));
  await database.rows('delete from ibsafe_interventionrecord');
  service = resources.use(await startTestService(database));
  await database.rows('update ibsafe_userexerciserecord set current_steps = -1 where user_id % 9 = 0');
  for (const recordDate of [BEFORE, DAY]) await runToEnd(service.url, { recordDate });
  unfit = await database.column<number>("select distinct user_id from batch.event where type = 'UserFailed' order by 1");
  expect(unfit.length).toBeGreaterThan(2);
});
afterAll(() => resources.end());

const failures = async (from: string, to: string): Promise<readonly Count[]> =>
  (await dataOf<{ failures: readonly Count[] }>(service.url, FAILURES, { from, to })).failures;
const outcomes = async (): Promise<number> =>
  (await database.column<number>("select count(*)::int from batch.event where type = 'UserFailed'"))[0] ?? 0;

describe('failures over some days', () => {
  it('count each patient once, however many nights it failed in', async () => {
    const [found, ...others] = await failures(BEFORE, DAY);
    expect(others).toEqual([]);
    expect(found).toEqual({ code: 'INVALID_INPUT', outcomes: await outcomes(), patients: unfit.length, without: unfit.length });
    expect(found?.outcomes).toBeGreaterThan(unfit.length);
    expect(await failures(addDays(BEFORE, -9), addDays(BEFORE, -3))).toEqual([]);
  });

  it('say of whom none is without advice by now: a patient who has it for each of the days is not', async () => {
    const [one] = unfit;
    await database.rows('update ibsafe_userexerciserecord set current_steps = 5000 where user_id = $1', [one]);
    await runToEnd(service.url, { recordDate: DAY, userIds: [one] });
    expect((await failures(DAY, DAY))[0]).toMatchObject({ without: (await failedOn(DAY)) - 1 });
    await runToEnd(service.url, { recordDate: BEFORE, userIds: [one] });
    expect((await failures(BEFORE, DAY))[0]).toMatchObject({ patients: unfit.length, without: unfit.length - 1 });
    await database.rows('update ibsafe_userexerciserecord set current_steps = 5000 where current_steps < 0');
    for (const recordDate of [BEFORE, DAY]) await runToEnd(service.url, { recordDate });
    expect((await failures(BEFORE, DAY))[0]).toMatchObject({ outcomes: await outcomes(), patients: unfit.length, without: 0 });
  });

  it('are of at most 92 days', async () => {
    const { errors } = await ask(service.url, FAILURES, { from: addDays(DAY, -92), to: DAY });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'from' } }]);
  });
});

const failedOn = async (day: string): Promise<number> =>
  (
    await database.column<number>(
      "select count(distinct e.user_id)::int from batch.event e join batch.run_view r using (run_id) where e.type = 'UserFailed' and r.record_date = $1",
      [day],
    )
  )[0] ?? 0;
