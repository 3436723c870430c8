import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MAX_VARIABLE_FIELDS } from '../../src/server/operations/variable-fields.js';
import { ask } from '../support/graphql-client.js';
import { createPatients } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { startTestService, type TestService } from '../support/test-service.js';

const resources = new Resources();
let service: TestService;

beforeAll(async () => {
  service = resources.use(await startTestService(resources.use(await createPatients(1)), { role: 'api' }));
});

afterAll(async () => {
  await resources.end();
});

describe('A variable that is not of its type', () => {
  const run = 'mutation ($input: RunBatchInput!) { runBatch(input: $input) { __typename } }';
  const days = 'query ($from: Date!) { nights(from: $from, to: "2026-02-01") { __typename } }';
  it.each([
    ['a day before the calendar', run, { input: { recordDate: '0001-01-01' } }, { sentence: 'DAY', values: {} }],
    ['a day that there is not', days, { from: '2026-02-30' }, { sentence: 'DAY', values: {} }],
    ['a number that is too large', run, { input: { userIds: [1, 3_000_000_000] } }, { sentence: 'VARIABLE', values: { field: 'userIds' } }],
    ['a text where a number stands', run, { input: { userIds: ['x" at "y"; z'] } }, { sentence: 'VARIABLE', values: { field: 'userIds' } }],
    ['a word that is none of an enum’s', run, { input: { program: 'ZZZ' } }, { sentence: 'VARIABLE', values: { field: 'program' } }],
    ['a day that is a number', days, { from: 20_260_201 }, { sentence: 'DAY', values: {} }],
    [
      'an argument',
      'query ($first: Int!) { runs(first: $first) { nodes { id } } }',
      { first: 2.5 },
      { sentence: 'VARIABLE', values: { field: 'first' } },
    ],
  ])('is told in a sentence that names it, which a client says in its language: %s', async (_what, query, variables, said) => {
    const { errors } = await ask(service.url, query, variables);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', ...said } }]);
  });

  it('is no value where the client knows another schema: that is mended by no other value', async () => {
    const { errors } = await ask(service.url, run, { input: { nothingOfOurs: 1 } });
    expect(errors?.map(({ extensions }) => [extensions?.['code'], extensions?.['sentence']])).toEqual([['BAD_USER_INPUT', undefined]]);
  });
});

/** An object of fields that no input has. */
function fields(count: number): Record<string, unknown> {
  return Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, 1]));
}

describe('Variables whose objects have more fields than any order', () => {
  const query = 'query ($f: RunFilterInput) { runs(filter: $f) { nodes { id } } }';
  const MANY = MAX_VARIABLE_FIELDS + 1;
  it.each<[what: string, variables: object]>([
    ['in one object', { f: fields(MANY) }],
    ['in objects within one', { f: Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`o${at}`, fields(50)])) }],
    ['in a list of objects', { f: Array.from({ length: MANY }, () => ({ statuses: [] })) }],
    ['in lists of lists', { f: [[[fields(MANY)]]] }],
    ['of a variable that the document does not have', { g: fields(MANY) }],
  ])('are refused in one error, before graphql writes the objects out for each field: %s', async (_what, variables) => {
    const { errors } = await ask(service.url, query, variables);
    expect(errors).toEqual([
      { message: expect.stringContaining(`more than ${MAX_VARIABLE_FIELDS} fields together`), extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });

  it('are none of those that are long lists, or many variables', async () => {
    const ids = Array.from({ length: 20_000 }, (_, at) => `operator-${at}`);
    const { errors } = await ask(service.url, query, { f: { actors: ids.slice(0, 100) }, ids, ...fields(MANY) });
    expect(errors).toBeUndefined();
  });
});
