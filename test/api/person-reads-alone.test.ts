import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runToEnd } from '../support/batch-client.js';
import { logIsSettled } from '../support/log-settled.js';
import { createPatients, type PatientsDatabase } from '../support/patients-database.js';
import { type KeptRead, readsOf } from '../support/person-reads.js';
import { Resources } from '../support/resources.js';
import { askWith, SIGNED_CALLERS, tokenOf } from '../support/signed-callers.js';
import { startTestService, type TestService } from '../support/test-service.js';

const resources = new Resources();
const two = [3, 4];
let database: PatientsDatabase;
let service: TestService;
let runId: string;

beforeAll(async () => {
  database = resources.use(await createPatients(12));
  const quiet = resources.use(await startTestService(database));
  runId = (await runToEnd(quiet.url, { userIds: two, dryRun: true, chunkSize: 1 })).runId;
  await logIsSettled(database);
  service = resources.use(await startTestService(database, { role: 'api', environment: SIGNED_CALLERS }));
});

afterAll(async () => {
  await resources.end();
});

let callers = 0;
async function readsBy(fields: string): Promise<KeptRead[]> {
  const name = `caller-${(callers += 1)}`;
  const { errors } = await askWith(service, { token: await tokenOf(name), query: `{ run(id: "${runId}") { ${fields} } }` });
  expect(errors).toBeUndefined();
  return readsOf(database, service, `token:${name}`);
}

describe('a chunk with one person alone in it, whose outcome its figures are', () => {
  it('is a read of that person', async () => {
    const reads = await readsBy('chunks { nodes { skipped reasons { reason } } }');
    expect(reads).toMatchObject([{ what: 'Chunk', fields: ['reasons', 'skipped'], user_ids: two }]);
  });

  it('is one also where only its place in the list was asked for', async () => {
    expect(await readsBy('chunks(first: 1) { pageInfo { endCursor } }')).toMatchObject([{ what: 'Chunk', user_ids: [3] }]);
  });

  it('is one where what the run was asked for is followed', async () => {
    expect(await readsBy('events { nodes { type data } }')).toMatchObject([{ what: 'LogEvent.data', user_ids: two }]);
  });
});
