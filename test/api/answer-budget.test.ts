import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runToEnd } from '../support/batch-client.js';
import { ask, dataOf } from '../support/graphql-client.js';
import { createPatients, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { startTestService, type TestService } from '../support/test-service.js';

const query = (asked: string, first = 20): string => `{ interventions(first: ${first}) { nodes { id ${asked} } } }`;

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;

beforeAll(async () => {
  database = resources.use(await createPatients(20));
  service = resources.use(await startTestService(database));
  await runToEnd(service.url);
});

afterAll(async () => {
  await resources.end();
});

describe('an answer that grows beyond what was declared', () => {
  it.each([
    [
      'JSON that holds more than it may',
      'a: dietTarget b: dietTarget c: dietTarget',
      `diet_target = (select json_agg('a'::text) from generate_series(1, 20000))`,
      /more than 50,000 values/,
    ],
    [
      'JSON of long texts',
      'a: dietTarget b: dietTarget c: dietTarget d: dietTarget e: dietTarget',
      `diet_target = json_build_object('a', repeat('x', 190000))`,
      /more than 8,000,000 characters of text/,
    ],
  ])('is stopped: %s', async (_, field, change, message) => {
    await database.rows(`update ibsafe_interventionrecord set ${change}`);
    const { data, errors } = await ask(service.url, query(field));
    expect([data, errors]).toEqual([undefined, [{ message: expect.stringMatching(message), extensions: { code: 'OPERATION_TOO_LARGE' } }]]);
    expect(await dataOf(service.url, query('recordDate'))).toHaveProperty('interventions.nodes');
  });

  it.each([
    ['JSON that no client reads is null', 'dietTarget', 'diet_target = (select json_agg(n) from generate_series(1, 600000) n)', null],
    ['a text without end is cut', 'dietEvaluation', `diet_evaluation = repeat('가', 8000001)`, '가'.repeat(20_000)],
  ])('is not begun by one value: %s', async (_, field, change, found) => {
    await database.rows(`update ibsafe_interventionrecord set ${change} where id = (select max(id) from ibsafe_interventionrecord)`);
    const { interventions } = await dataOf<{ interventions: { nodes: object[] } }>(service.url, query(field, 1));
    expect(interventions.nodes).toEqual([{ id: expect.any(String), [field]: found }]);
  });
});
