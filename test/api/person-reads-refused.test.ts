import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runToEnd } from '../support/batch-client.js';
import { createPatients, type PatientsDatabase } from '../support/patients-database.js';
import { readsOf } from '../support/person-reads.js';
import { Resources } from '../support/resources.js';
import { askWith, SIGNED_CALLERS, tokenOf } from '../support/signed-callers.js';
import { startTestService, type TestService } from '../support/test-service.js';

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;
let runId: string;
let roster: readonly number[];

beforeAll(async () => {
  database = resources.use(await createPatients(12));
  const quiet = resources.use(await startTestService(database));
  runId = (await runToEnd(quiet.url)).runId;
  service = resources.use(await startTestService(database, { role: 'api', environment: SIGNED_CALLERS }));
  roster = await database.column('select user_id from batch.outcome_view where run_id = $1 order by user_id', [runId]);
});

afterAll(async () => {
  await resources.end();
});

const refusedOrder = async (name: string, mutation: string): Promise<{ code?: string }> => {
  const query = `mutation { answer: ${mutation} { ... on Error { code message } } }`;
  const { data } = await askWith<{ answer: { code?: string } }>(service, { token: await tokenOf(name, 'operator'), query });
  return data?.answer ?? {};
};

describe('an order that names persons and is refused', () => {
  it('is recorded with them: why it is refused may tell of them', async () => {
    const [one = 0, two = 0] = roster;
    const refused = await refusedOrder('unknown', `runBatch(input: { userIds: [${one}, 424246] })`);
    expect(refused.code).toBe('UNKNOWN_USERS');
    expect(await readsOf(database, service, 'token:unknown')).toMatchObject([{ what: 'Mutation.runBatch', fields: [], user_ids: [one, 424_246] }]); // prettier-ignore
    const retried = await refusedOrder('retried', `retryRun(input: { runId: "${runId}", userIds: [${one}, ${two}], only: [CANCELLED] })`);
    expect(retried.code).toBe('NOTHING_TO_RETRY');
    expect(await readsOf(database, service, 'token:retried')).toMatchObject([{ what: 'Mutation.retryRun', user_ids: [one, two] }]);
  });

  it('is not recorded where it names more than an order takes: it is refused before anyone is looked up', async () => {
    const query = 'mutation ($userIds: [Int!]!) { answer: runBatch(input: { userIds: $userIds }) { ... on Error { code } } }';
    const variables = { userIds: Array.from({ length: 10_001 }, (_, each) => each + 1) };
    const { data } = await askWith(service, { token: await tokenOf('many', 'operator'), query, variables });
    expect(data).toEqual({ answer: { code: 'TOO_MANY_USER_IDS' } });
    expect(await readsOf(database, service, 'token:many')).toEqual([]);
  });
});
