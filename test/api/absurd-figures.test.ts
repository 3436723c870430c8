import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays } from '../../src/domain/local-date.js';
import { BEHAVIOURS } from '../../src/local-model/behaviour.js';
import { openLocalModel } from '../../src/local-model/local-model.js';
import { runToEnd } from '../support/batch-client.js';
import { dataOf } from '../support/graphql-client.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { logIsSettled } from '../support/log-settled.js';
import { Resources } from '../support/resources.js';
import { startTestService, type TestService } from '../support/test-service.js';

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;
let runId: string;

/** What earlier releases took from an endpoint, and what a hand may have put beside it. */
const ABSURD = [4_294_967_295, 9_007_199_254_740_991, -35, 1e300, '"many"', 'true', 'null', '[1]', '{"a":1}', 0.5];
const APPEND = `select batch.append($1, 0, $2::date, $3::uuid, 'an earlier release', $3::uuid, null, $4::text[], $5::int[], $6::jsonb[])`;

beforeAll(async () => {
  const model = resources.use(await openLocalModel({ port: 0, behave: () => BEHAVIOURS['usage-huge'] ?? { kind: 'sound' } }));
  database = resources.use(await createPatients(30));
  const environment = {
    GENERATOR: 'LLM',
    LLM_BASE_URL: model.url,
    LLM_MODEL: 'local',
    LLM_PRICE_INPUT: '999999',
    LLM_PRICE_OUTPUT: '999999',
  };
  service = resources.use(await startTestService(database, { environment: { ...environment, LLM_TOKENS_PER_MINUTE: '1000000000' } }));
  ({ runId } = await runToEnd(service.url));
  const [month] = await database.column<string>('select run_month::text from batch.run_view where run_id = $1', [runId]);
  const told = { generator: 'LLM', interventionId: null, attempts: 1, durationMs: 1 };
  const data = ABSURD.map(
    (figure) => `${JSON.stringify(told).slice(0, -1)},"tokensIn":${figure},"tokensOut":${figure},"costMicros":${figure}}`,
  );
  await database.rows(APPEND, [`run-${runId}/chunk-999`, month, runId, ABSURD.map(() => 'InterventionGenerated'), ABSURD.map((_, n) => 90_000 + n), data]); // prettier-ignore
  await logIsSettled(database);
});

afterAll(async () => {
  await resources.end();
});

describe('A log that holds absurd figures', () => {
  it('is summed without them, and says whose figures are none', async () => {
    const usage = 'tokensIn tokensOut costUsd usersEstimated byGenerator { users usersEstimated tokensIn }';
    interface Usage {
      readonly tokensIn: number;
      readonly tokensOut: number;
      readonly usersEstimated: number;
      readonly byGenerator: readonly { readonly users: number }[];
    }
    const month = new Date().toISOString().slice(0, 7);
    const query = `query ($id: UUID!, $month: String!) { run(id: $id) { usage { ${usage} } } llmUsage(month: $month) { ${usage} } }`;
    const { run, llmUsage } = await dataOf<{ run: { usage: Usage }; llmUsage: Usage }>(service.url, query, { id: runId, month });
    const users = run.usage.byGenerator.reduce((sum, share) => sum + share.users, 0);
    expect(users).toBeGreaterThan(ABSURD.length);
    expect(run.usage.usersEstimated).toBe(users); // the endpoint of this run told nobody's figures
    expect(run.usage.tokensIn / (users - ABSURD.length)).toBeLessThan(10_000);
    expect(run.usage.tokensIn).toBeGreaterThan(0);
    expect(llmUsage).toEqual(run.usage);
  });

  it('is read outcome by outcome and event by event', async () => {
    const query = `query ($id: UUID!) { run(id: $id) {
      outcomes(first: 100, filter: { userIds: [90000, 90002, 90004, 90009] }) { nodes { tokensIn tokensOut costUsd tokensEstimated } }
      events(first: 100) { nodes { type } } } }`;
    const { run } = await dataOf<{ run: { outcomes: { nodes: object[] }; events: { nodes: object[] } } }>(service.url, query, {
      id: runId,
    });
    expect(run.outcomes.nodes).toHaveLength(4);
    for (const node of run.outcomes.nodes) expect(node).toMatchObject({ tokensIn: null, tokensOut: null, costUsd: null });
    expect(run.events.nodes.length).toBeGreaterThan(3);
  });

  it('is forecast and planned from, and the next run is budgeted by it', async () => {
    const query = `{ forecast(input: { generator: LLM, onExisting: REGENERATE, recordDate: "${RECORD_DATE}" }) { ... on Forecast { eligible tokensIn seconds finishAt basis } } }`;
    const { forecast } = await dataOf<{ forecast: { eligible: number; tokensIn: number } }>(service.url, query);
    expect(forecast).toMatchObject({ basis: 'PAST_RUNS', seconds: expect.any(Number), finishAt: expect.any(String) });
    expect(forecast.tokensIn / forecast.eligible).toBeLessThan(10_000);
    const { end, runId: next } = await runToEnd(service.url, { recordDate: addDays(RECORD_DATE, -1) });
    expect(end).toMatchObject({ status: 'COMPLETED', failed: 0 });
    const [planned] = await database.column<{ tokensIn: number }>(`select data->'forecast' from batch.event where run_id = $1 and type = 'RunPlanned'`, [next]); // prettier-ignore
    expect(planned?.tokensIn).toBeGreaterThan(0);
  });
});
