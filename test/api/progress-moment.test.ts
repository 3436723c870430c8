import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { begin } from '../support/batch-client.js';
import { dataOf } from '../support/graphql-client.js';
import { createPatients, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { startTestService, type TestService } from '../support/test-service.js';

interface Shown {
  readonly run: {
    readonly pausedAt: string;
    readonly resumedAt: string;
    readonly progress: { readonly status: string; readonly at: string };
  };
}

const resources = new Resources();
let database: PatientsDatabase;
let api: TestService;
beforeAll(async () => {
  database = resources.use(await createPatients(20));
  api = resources.use(await startTestService(database, { role: 'api' }));
});
afterAll(() => resources.end());

it('progress as a query tells it is of the last order too: a page knows by it that what it followed is older', async () => {
  const runId = await begin(api.url, { dryRun: true });
  const shown = async (): Promise<Shown['run']> =>
    (await dataOf<Shown>(api.url, 'query ($id: UUID!) { run(id: $id) { pausedAt resumedAt progress { status at } } }', { id: runId })).run;
  const order = (name: string, reason: string): Promise<object> =>
    dataOf(api.url, `mutation ($id: UUID!) { ${name}(runId: $id${reason}) { __typename } }`, { id: runId });
  const before = await shown();
  await order('pauseRun', ', reason: "a look first"');
  const paused = await shown();
  expect(paused.progress).toEqual({ status: 'PAUSED', at: paused.pausedAt });
  await order('resumeRun', '');
  const resumed = await shown();
  expect(resumed.progress).toEqual({ status: 'REQUESTED', at: resumed.resumedAt });
  expect([before.progress.at, paused.progress.at, resumed.progress.at].toSorted()).toEqual([
    before.progress.at,
    paused.progress.at,
    resumed.progress.at,
  ]);
});
