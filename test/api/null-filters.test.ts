import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { requestRun } from '../../src/application/run/request-run.js';
import { runToEnd, watch } from '../support/batch-client.js';
import { dataOf } from '../support/graphql-client.js';
import { createPatients, RECORD_DATE } from '../support/patients-database.js';
import { logIsSettled } from '../support/log-settled.js';
import { Resources } from '../support/resources.js';
import { startTestService, type TestService } from '../support/test-service.js';

interface List {
  readonly nodes: readonly object[];
}

const LISTS: Readonly<Record<string, (filter: string, runId: string) => string>> = {
  AlertFilterInput: (filter) => `{ list: alerts(${filter}) { nodes { id } } }`,
  EventFilterInput: (filter) => `{ list: events(${filter}) { edges { cursor } nodes { type recordedAt } } }`,
  RunFilterInput: (filter) => `{ list: runs(${filter}) { nodes { id } } }`,
  PersonReadFilterInput: (filter) => `{ list: personReads(${filter}) { nodes { id caller } } }`,
  InterventionFilterInput: (filter) => `{ list: interventions(${filter}) { nodes { id } } }`,
  SignableRowFilterInput: (filter) => `{ list: signableRows(${filter}) { nodes { id } } }`,
  OutcomeFilterInput: (filter, runId) => `{ run(id: "${runId}") { list: outcomes(${filter}) { nodes { userId } } } }`,
};

const resources = new Resources();
let service: TestService;
let runId: string;

beforeAll(async () => {
  const database = resources.use(await createPatients(60));
  service = resources.use(await startTestService(database));
  await database.rows(`insert into batch.alert (id, kind, subject, facts, first_at, last_at)
    select gen_random_uuid(), 'RUN_PAUSED', gen_random_uuid()::text, '{"program":"daily","recordDate":"2026-03-10","cause":"OPERATOR"}', now(), now() from generate_series(1, 3)`);
  await database.rows(`insert into batch.person_read (id, at, caller, via, what, fields, users)
    select gen_random_uuid(), now(), 'another', 'GRAPHQL', 'Outcome', '{userId}', 1 from generate_series(1, 3)`);
  ({ runId } = await runToEnd(service.url));
  const scheduled = {
    trigger: 'SCHEDULE',
    recordDate: RECORD_DATE,
    scheduleId: randomUUID(),
    slot: `${RECORD_DATE}T00:00:00.000Z`,
  } as const;
  const asked = await requestRun(service.core.deps, scheduled, { actor: 'test' });
  if (asked.status !== 'accepted') throw new Error(`refused: ${asked.code}`);
  await watch(service.url, asked.run.runId); // or lists grow while they are compared
  await logIsSettled(database);
});

afterAll(async () => {
  await resources.end();
});

async function nodesOf(input: string, filter: string): Promise<readonly object[]> {
  const text = LISTS[input]?.(`filter: ${filter}, first: 100`, runId) ?? '';
  const { list, run } = await dataOf<{ list?: List; run?: { list: List } }>(service.url, text);
  // What this test itself reads is noted beside, and grows while it is compared.
  return ((list ?? run?.list)?.nodes ?? []).filter((node) => !('caller' in node) || node.caller === 'another');
}

async function filterInputs(): Promise<ReadonlyMap<string, readonly string[]>> {
  const text = '{ __schema { types { name inputFields { name } } } }';
  const { __schema: schema } = await dataOf<{ __schema: { types: { name: string; inputFields: { name: string }[] | null }[] } }>(service.url, text); // prettier-ignore
  const inputs = schema.types.filter(({ name }) => name.endsWith('FilterInput'));
  return new Map(inputs.map(({ name, inputFields }) => [name, (inputFields ?? []).map((field) => field.name)]));
}

describe('a filter', () => {
  it('is not narrowed by a field that is null, whatever the list', async () => {
    const inputs = await filterInputs();
    expect([...inputs.keys()].toSorted()).toEqual(Object.keys(LISTS).toSorted());
    for (const [input, fields] of inputs) {
      const all = await nodesOf(input, 'null');
      expect(all.length).toBeGreaterThan(1);
      for (const field of fields) expect([field, await nodesOf(input, `{ ${field}: null }`)]).toEqual([field, all]);
      expect(await nodesOf(input, `{ ${fields.map((field) => `${field}: null`).join(', ')} }`)).toEqual(all);
    }
  });
});
