import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays } from '../../src/domain/local-date.js';
import { runToEnd } from '../support/batch-client.js';
import { expectedOutcomes } from '../support/eligibility-oracle.js';
import { dataOf } from '../support/graphql-client.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { openLocalModel } from '../../src/local-model/local-model.js';

const FORECAST = `query ($input: RunBatchInput) {
  forecast(input: $input) {
    kind: __typename
    ... on Forecast { program generator recordDate users eligible tokensIn tokensOut costUsd seconds finishAt basis }
    ... on Error { code message }
  }
}`;
const RUN = `query ($id: UUID!) {
  run(id: $id) { forecast { eligible tokensIn costUsd seconds basis } usage { tokensIn tokensOut tokensCached costUsd } shadowReport { compared } }
}`;

interface Seen {
  readonly kind: string;
  readonly users: number;
  readonly eligible: number;
  readonly seconds: number | null;
  readonly finishAt: string | null;
  readonly basis: string;
}

interface LlmForecast extends Seen {
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly costUsd: number;
}

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;

const forecast = async (input: object = {}): Promise<Seen> =>
  (await dataOf<{ forecast: Seen }>(service.url, FORECAST, { input: { recordDate: RECORD_DATE, ...input } })).forecast;
const runs = (): Promise<string[]> => database.column('select run_id from batch.run_view');

beforeAll(async () => {
  database = resources.use(await createPatients(200));
  service = resources.use(await startTestService(database));
});

afterAll(async () => {
  await resources.end();
});

describe('forecast', () => {
  it('counts who would be on the roster and who would get advice, and makes no run', async () => {
    const expected = await expectedOutcomes(database, RECORD_DATE);
    const eligible = expected.filter(({ reasons }) => reasons.length === 0);
    expect(await forecast()).toEqual({
      kind: 'Forecast',
      program: 'DAILY',
      generator: 'RULES',
      recordDate: RECORD_DATE,
      users: expected.length,
      eligible: eligible.length,
      tokensIn: 0,
      tokensOut: 0,
      costUsd: 0,
      seconds: null,
      finishAt: null,
      basis: 'ESTIMATE',
    });
    const having = expected.filter(({ reasons }) => reasons.every((reason) => reason === 'INTERVENTION_EXISTS')).length;
    expect(having).toBeGreaterThan(eligible.length);
    for (const input of [{ onExisting: 'REGENERATE' }, { shadow: true }]) expect(await forecast(input)).toMatchObject({ eligible: having });
    const userIds = expected.slice(0, 20).map(({ userId }) => userId);
    expect(await forecast({ userIds })).toMatchObject({
      users: 20,
      eligible: eligible.filter(({ userId }) => userIds.includes(userId)).length,
    });
    expect(await runs()).toEqual([]);
  });

  it('counts by the program’s own records', async () => {
    const [slept] = await database.column<number>(
      `select count(*)::int from ibsafe_usersleeprecord s join auth_user a on a.id = s.user_id where s.record_date = $1 and a.is_active and not a.is_staff`,
      [RECORD_DATE],
    );
    expect(await forecast({ program: 'SLEEP' })).toMatchObject({ program: 'SLEEP', eligible: slept });
  });

  it('is refused where the run would be, and not for a run that is under way', async () => {
    expect(await forecast({ recordDate: '2999-12-31' })).toMatchObject({ kind: 'Refused', code: 'DATE_IN_FUTURE' });
    expect(await forecast({ generator: 'LLM' })).toMatchObject({ kind: 'Refused', code: 'GENERATOR_NOT_AVAILABLE' });
    expect(await forecast({ userIds: [2_147_483_647] })).toMatchObject({ kind: 'Refused', code: 'UNKNOWN_USERS' });
  });
});

describe('Run.forecast', () => {
  it('stands beside what the run came to, and knows more after the first run', async () => {
    const outcomes = await expectedOutcomes(database, RECORD_DATE);
    // Those who had advice already were eligible as well.
    const eligible = outcomes.filter(({ reasons }) => reasons.every((reason) => reason === 'INTERVENTION_EXISTS')).length;
    const first = await runToEnd(service.url);
    expect(first.end.generated).toBeLessThan(eligible);
    const roster = first.end.roster ?? 0;
    const { run } = await dataOf<{ run: { forecast: object; usage: object } }>(service.url, RUN, { id: first.runId });
    expect(run.forecast).toEqual({ eligible: roster, tokensIn: 0, costUsd: 0, seconds: null, basis: 'ESTIMATE' });
    expect(run.usage).toEqual({ tokensIn: 0, tokensOut: 0, tokensCached: 0, costUsd: 0 });
    const second = await runToEnd(service.url, { recordDate: addDays(RECORD_DATE, -1) });
    const { run: next } = await dataOf<{ run: { forecast: { seconds: number } } }>(service.url, RUN, { id: second.runId });
    expect(next.forecast).toMatchObject({ eligible, basis: 'PAST_RUNS' });
    expect(next.forecast.seconds).toBeGreaterThanOrEqual(1);
    expect(await forecast({ recordDate: addDays(RECORD_DATE, -2) })).toMatchObject({ seconds: expect.any(Number), finishAt: expect.any(String), basis: 'PAST_RUNS' }); // prettier-ignore
  });

  it('is kept in the log, by which the view can be made anew', async () => {
    const planned = await database.column(`select data->'forecast' from batch.event where type = 'RunPlanned' order by position`);
    expect(planned).toEqual(await database.column('select forecast from batch.run_view order by requested_at'));
    expect(planned.length).toBe(2);
  });
});

describe('forecast of a run by a language model', () => {
  it('takes tokens from the size of a prompt before there was a run, and from that run afterwards', async () => {
    await using local = await openLocalModel({ port: 0, behave: () => ({ kind: 'sound' }) });
    const environment = {
      LLM_BASE_URL: local.url,
      LLM_MODEL: 'local',
      LLM_PRICE_INPUT: '0.5',
      LLM_PRICE_CACHED_INPUT: '0.125',
      LLM_PRICE_OUTPUT: '2',
      LLM_REQUESTS_PER_MINUTE: '6000',
    };
    await using patients = await createPatients(60);
    await using llm = await startTestService(patients, { environment });
    const ask = async (): Promise<LlmForecast> =>
      (
        await dataOf<{ forecast: LlmForecast }>(llm.url, FORECAST, {
          input: { recordDate: RECORD_DATE, generator: 'LLM', onExisting: 'REGENERATE' },
        })
      ).forecast;
    const before = await ask();
    expect(before).toMatchObject({ generator: 'LLM', basis: 'ESTIMATE', seconds: Math.ceil(before.eligible / 100) });
    expect(before.costUsd).toBeCloseTo((before.tokensIn * 0.5 + before.tokensOut * 2) / 1_000_000, 5);
    expect(before.tokensIn / before.eligible).toBeGreaterThan(500);

    const { runId, end } = await runToEnd(llm.url, { generator: 'LLM' });
    const { run } = await dataOf<{ run: { usage: LlmForecast & { readonly tokensCached: number } } }>(llm.url, RUN, { id: runId });
    const { tokensIn, tokensCached, tokensOut, costUsd } = run.usage;
    expect(costUsd).toBeCloseTo((tokensIn * 0.5 - tokensCached * 0.375 + tokensOut * 2) / 1_000_000, 4);
    expect(tokensCached).toBeGreaterThan(0);
    expect(tokensCached).toBeLessThanOrEqual(tokensIn);
    const [told] = await patients.column<string>(`select sum((data->>'tokensIn')::int) from batch.event where run_id = $1`, [runId]);
    expect(run.usage.tokensIn).toBe(Number(told));
    // The guess is near enough to plan with: within a factor of two.
    expect(before.tokensIn / before.eligible / (run.usage.tokensIn / end.generated)).toBeGreaterThan(0.5);
    expect(before.tokensIn / before.eligible / (run.usage.tokensIn / end.generated)).toBeLessThan(2);

    // There is no prompt for sleep: its rules stand in, and take no tokens.
    const { forecast: sleep } = await dataOf<{ forecast: LlmForecast }>(llm.url, FORECAST, { input: { recordDate: RECORD_DATE, generator: 'LLM', program: 'SLEEP' } }); // prettier-ignore
    expect(sleep).toMatchObject({ generator: 'LLM', program: 'SLEEP', tokensIn: 0, costUsd: 0 });
    const after = await ask();
    expect(after.basis).toBe('PAST_RUNS');
    expect(after.costUsd / after.eligible).toBeCloseTo(costUsd / end.generated, 5);
    expect(after.tokensIn / after.eligible).toBeCloseTo(run.usage.tokensIn / end.generated, 0);
  });
});
