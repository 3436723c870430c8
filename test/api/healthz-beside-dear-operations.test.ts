import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { dearOperations, type DearOperation } from '../../bench/dear-operations.js';
import { graphqlSchema } from '../../src/server/graphql-schema.js';
import { USUAL_LIMITS } from '../../src/server/operations/desk-limits.js';
import { OperationDesk } from '../../src/server/operations/operation-desk.js';
import { runToEnd } from '../support/batch-client.js';
import { fillRuns } from '../support/filled-log.js';
import { createPatients } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { startTestService, type TestService } from '../support/test-service.js';

/** CPU time (ms) of this process: on a busy machine a second of the clock may be a tenth of its work. */
const LONGEST_MS = 1_000;
const RUNS = 100;

const resources = new Resources();
let api: TestService;
let operations: readonly DearOperation[];

beforeAll(async () => {
  const database = resources.use(await createPatients(120));
  await using all = await startTestService(database);
  const { runId } = await runToEnd(all.url, { chunkSize: 1 });
  const backfillId = await fillRuns(database, runId, RUNS);
  api = resources.use(await startTestService(database, { role: 'api', environment: { BATCH_OPERATION_MS: '3600000' } }));
  const [userId = 0] = await database.column<number>('select min(user_id)::int from ibsafe_interventionrecord');
  const schema = await graphqlSchema();
  operations = dearOperations(schema, new OperationDesk(schema, USUAL_LIMITS), { backfillId, runId, userId });
});
afterAll(() => resources.end());

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

async function post(query: string): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  return (await fetch(`${api.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) })).text();
}

it('A process tells that it lives while it works on operations that are as dear as they may be, eight at once, of every form', async () => {
  expect(operations.length).toBeGreaterThan(15);
  const found: { longest: number; all: number; beside: number }[] = [];
  for (let from = 0; from < operations.length; from += 8) {
    const eight = operations.slice(from, from + 8);
    const began = cpuMs();
    const answered: string[] = [];
    const answers = eight.map(({ query }) => post(query).then((text) => answered.push(text)));
    let [longest, beside] = [0, 0];
    while (answered.length < eight.length) {
      const asked = cpuMs();
      expect((await fetch(`${api.url}/healthz`)).status).toBe(200);
      longest = Math.max(longest, cpuMs() - asked);
      beside += answered.length < eight.length ? 1 : 0;
    }
    await Promise.all(answers);
    expect(answered).toHaveLength(eight.length);
    found.push({ longest, all: cpuMs() - began, beside });
  }
  for (const { longest, all, beside } of found) {
    expect(beside).toBeGreaterThan(0);
    expect(longest).toBeLessThan(LONGEST_MS);
    expect(all).toBeGreaterThan(longest); // there was something to wait for
  }
});
