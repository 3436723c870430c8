import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runToEnd } from '../support/batch-client.js';
import { ask, dataOf } from '../support/graphql-client.js';
import { createPatients, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { startTestService, type TestService } from '../support/test-service.js';

const query = (asked: string): string => `{ interventions(first: 1) { nodes { id ${asked} } } }`;

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
      'dietTarget',
      'diet_target = (select json_agg(n) from generate_series(1, 600000) n)',
      /more than 50,000 values/,
    ],
    [
      'JSON of a long text',
      'dietTarget',
      `diet_target = json_build_object('a', repeat('x', 8000001))`,
      /more than 8,000,000 characters of text/,
    ],
    ['a text without end', 'dietEvaluation', `diet_evaluation = repeat('가', 8000001)`, /more than 8,000,000 characters of text/],
  ])('is stopped: %s', async (_, field, change, message) => {
    await database.rows(`update ibsafe_interventionrecord set ${change} where id = (select max(id) from ibsafe_interventionrecord)`);
    const { data, errors } = await ask(service.url, query(field));
    expect([data, errors]).toEqual([undefined, [{ message: expect.stringMatching(message), extensions: { code: 'OPERATION_TOO_LARGE' } }]]);
    expect(await dataOf(service.url, query('recordDate'))).toHaveProperty('interventions.nodes');
  });
});
