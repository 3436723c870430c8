import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { planRun } from '../../src/application/run/plan-run.js';
import { addDays } from '../../src/domain/local-date.js';
import { begin, runToEnd, watch } from '../support/batch-client.js';
import { codedError } from '../support/coded-error.js';
import { cancelRun } from '../support/control-client.js';
import { expectedOutcomes } from '../support/eligibility-oracle.js';
import { ask, dataOf } from '../support/graphql-client.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { holdWorkers } from '../support/table-hold.js';
import { startTestService, type TestService } from '../support/test-service.js';

const TIMELINE = `query ($userId: Int!, $from: Date!, $to: Date!) {
  userTimeline(userId: $userId, from: $from, to: $to) {
    active staff
    days { recordDate verdict explanation explanationKo interventions { gubun } entries { run { id dryRun } outcome { outcome skipReasons } } }
  }
}`;

interface Day {
  readonly recordDate: string;
  readonly verdict: string;
  readonly explanation: string;
  readonly explanationKo: string;
  readonly interventions: readonly object[];
  readonly entries: readonly { readonly run: { readonly id: string; readonly dryRun: boolean }; readonly outcome: object | null }[];
}

const EARLIER = addDays(RECORD_DATE, -1);

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;
/** Users by what is against them, one each. */
let advised: number;
let unfed: number;
let existing: number;
let runId: string;

async function timeline(userId: number | undefined, from: string = RECORD_DATE): Promise<Day[]> {
  const { userTimeline } = await dataOf<{ userTimeline: { days: Day[] } }>(service.url, TIMELINE, { userId, from, to: RECORD_DATE });
  return userTimeline.days;
}

async function day(userId: number | undefined): Promise<Day | undefined> {
  return (await timeline(userId))[0];
}

beforeAll(async () => {
  database = resources.use(await createPatients());
  service = resources.use(await startTestService(database));
  const expected = await expectedOutcomes(database, RECORD_DATE);
  const having = (reasons: string): number => expected.find((each) => each.reasons.join() === reasons)?.userId ?? 0;
  [advised, unfed, existing] = [having(''), having('MISSING_FOOD_RECORD'), having('INTERVENTION_EXISTS')];
  await runToEnd(service.url, { dryRun: true });
  ({ runId } = await runToEnd(service.url));
  await runToEnd(service.url, { userIds: [advised] });
});

afterAll(async () => {
  await resources.end();
});

describe('userTimeline', () => {
  it('says that advice was generated, also after a later run skipped the user for having it', async () => {
    expect(await day(advised)).toMatchObject({ verdict: 'GENERATED', interventions: [{ gubun: 'all' }] });
    const outcomes = (await day(advised))?.entries.map(({ outcome }) => outcome);
    expect(outcomes).toMatchObject([{ skipReasons: ['INTERVENTION_EXISTS'] }, { outcome: 'GENERATED' }, { outcome: 'GENERATED' }]);
  });

  it('says why there is none, in a sentence of each language', async () => {
    expect(await day(unfed)).toMatchObject({
      verdict: 'SKIPPED',
      explanation: 'Skipped: no food was recorded.',
      explanationKo: expect.stringContaining('식사 기록이 없음'),
      interventions: [],
    });
  });

  it('tells advice that was there from advice of ours', async () => {
    expect(await day(existing)).toMatchObject({ verdict: 'EXISTED', interventions: [{ gubun: 'all' }] });
  });

  it('says of an account that is closed or staff that it was on no roster', async () => {
    const closed = await database.column<number>('select id from auth_user where not is_active or is_staff');
    expect(closed.length).toBeGreaterThan(3);
    for (const userId of closed) expect((await day(userId))?.verdict).toMatch(/^(NOT_ON_ROSTER|EXISTED)$/);
    expect((await Promise.all(closed.map(day))).map((each) => each?.verdict)).toContain('NOT_ON_ROSTER');
  });

  it('shows a dry run among the runs of a day and judges without it', async () => {
    expect((await day(unfed))?.entries.map(({ run }) => run)).toEqual([{ id: expect.any(String), dryRun: false }, { id: expect.any(String), dryRun: false }, { id: expect.any(String), dryRun: true }]); // prettier-ignore
    expect((await day(unfed))?.entries.find(({ outcome }) => outcome !== null)?.run.id).toBe(runId);
  });

  it('refuses days with more runs than it shows, of which the oldest would seem to have had none, and says how many there are', async () => {
    const crowded = addDays(RECORD_DATE, -60);
    const copyRuns = (runs: number): Promise<object[]> =>
      database.rows(
        `insert into batch.run_view select (jsonb_populate_record(r, jsonb_build_object('run_id', gen_random_uuid(), 'record_date', $2::text))).*
         from batch.run_view r, generate_series(1, $3::int) where r.run_id = $1`,
        [runId, crowded, runs],
      );
    const timelineOf = (): ReturnType<typeof ask> => ask(service.url, TIMELINE, { userId: advised, from: crowded, to: crowded });
    await copyRuns(1_000);
    expect(await timelineOf()).toMatchObject({ data: { userTimeline: { days: [{ verdict: 'NOT_ON_ROSTER' }] } } });
    await copyRuns(2);
    const { errors } = await timelineOf();
    expect(errors).toMatchObject([{ message: expect.stringMatching(/1000 runs.* found 1002\. Choose fewer days/), extensions: { code: 'BAD_USER_INPUT' } }]); // prettier-ignore
  });

  it('says that a run is on its way, and of a day without one that there was none', async () => {
    expect((await timeline(advised, addDays(EARLIER, -1))).map(({ verdict }) => verdict)).toEqual(['GENERATED', 'NO_RUN', 'NO_RUN']);
    const hold = await holdWorkers(database, 'READING');
    const next = await begin(service.url, { recordDate: EARLIER });
    const seen = watch(service.url, next);
    await hold.keeps(1);
    expect((await timeline(advised, EARLIER)).map(({ recordDate, verdict }) => ({ recordDate, verdict }))).toEqual([
      { recordDate: RECORD_DATE, verdict: 'GENERATED' },
      { recordDate: EARLIER, verdict: 'IN_PROGRESS' },
    ]);
    await hold.release();
    await seen;
  });
});

const refused = (): Promise<never> => Promise.reject(codedError('42501'));

describe('userTimeline of a day whose run ended before it was planned', () => {
  it('says that it was cancelled, or failed as a whole, to whom it would have been for', async () => {
    await using patients = await createPatients(20);
    await using api = await startTestService(patients, { role: 'api' }); // nobody plans what it is asked for
    const [one, other] = await patients.column<number>('select id from auth_user where is_active and not is_staff order by id limit 2');
    const dayOf = async (userId: number | undefined): Promise<Day | undefined> => {
      const days = { userId, from: RECORD_DATE, to: RECORD_DATE };
      return (await dataOf<{ userTimeline: { days: Day[] } }>(api.url, TIMELINE, days)).userTimeline.days[0];
    };
    await cancelRun(api.url, await begin(api.url, { userIds: [one] }));
    expect([await dayOf(one), await dayOf(other)]).toMatchObject([{ verdict: 'CANCELLED' }, { verdict: 'NOT_ON_ROSTER' }]);
    const failing = await begin(api.url);
    const { deps } = api.core;
    await expect(
      planRun({ ...deps, records: Object.assign(Object.create(deps.records) as typeof deps.records, { roster: refused }) }, failing),
    ).rejects.toMatchObject({ code: '42501' });
    expect(await dayOf(other)).toMatchObject({
      verdict: 'FAILED',
      explanation: 'The run failed as a whole (42501), before the first user’s turn.',
    });
  });
});
