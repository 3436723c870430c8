import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ORIGIN, writeCursor } from '../../src/eventlog/cursor.js';
import { writeKey } from '../../src/database/keyset.js';
import { runToEnd } from '../support/batch-client.js';
import { ask, dataOf, subscribe } from '../support/graphql-client.js';
import { logIsSettled } from '../support/log-settled.js';
import { createPatients, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { startTestService, type TestService } from '../support/test-service.js';

const NOBODY = '018f0000-0000-7000-8000-000000000001';

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;
let runId: string;

beforeAll(async () => {
  database = resources.use(await createPatients(40));
  service = resources.use(await startTestService(database));
  ({ runId } = await runToEnd(service.url));
  await logIsSettled(database);
});

afterAll(async () => {
  await resources.end();
});

/** The one error that an operation must be answered with, which must not show how we are made. */
async function errorOf(query: string, variables: object = {}): Promise<{ code: unknown; message: string }> {
  const { errors = [] } = await ask(service.url, query, variables);
  expect(errors).toHaveLength(1);
  const { message = '', extensions = {} } = errors[0] ?? {};
  expect(JSON.stringify(errors)).not.toMatch(/stack|node_modules|\bat [\w.]+ \(|select |batch\./i);
  return { code: extensions['code'], message };
}

/** Every paged list, with a place for its arguments. */
const LISTS: [string, (args: string) => string][] = [
  ['runs', (args) => `{ runs${args} { nodes { id } pageInfo { endCursor } } }`],
  ['runs by date', (args) => `{ runs${args.replace('(', '(orderBy: RECORD_DATE, ')} { nodes { id } pageInfo { endCursor } } }`],
  ['interventions', (args) => `{ interventions${args} { nodes { id } pageInfo { endCursor } } }`],
  ['outcomes', (args) => `{ run(id: "${runId}") { outcomes${args} { nodes { userId } pageInfo { endCursor } } } }`],
  ['chunks', (args) => `{ run(id: "${runId}") { chunks${args} { nodes { chunk } pageInfo { endCursor } } } }`],
  ['events', (args) => `{ run(id: "${runId}") { events${args} { nodes { type } pageInfo { endCursor } } } }`],
];

describe.each(LISTS)('the list of %s', (name, list) => {
  it.each([100_000, 101, 0, -1])('refuses `first: %i` and says how to read on, also in a variable and over a WebSocket', async (first) => {
    const message = `\`first\` must be from 1 to 100, found ${first}. Ask for a page at a time and go on with \`after\`.`;
    const { errors } = await ask(service.url, list(`(first: ${first})`));
    expect(errors?.[0]).toMatchObject({ message, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });
    expect(await errorOf(`query ($first: Int!) ${list('(first: $first)')}`, { first })).toEqual({ code: 'BAD_USER_INPUT', message });
    await expect(subscribe(service.url, list(`(first: ${first})`), {}).next()).rejects.toThrow(message);
  });

  it('refuses the cursor of every other list, and texts that are none', async () => {
    const cursors: string[] = ['', 'garbage', '한글', writeKey('nothing', [1]), writeKey('outcomes', ['1'])];
    for (const [other, listOf] of LISTS)
      if (other !== name) cursors.push(endCursor(await dataOf<object>(service.url, listOf('(first: 1)'))));
    for (const after of cursors) {
      const { code, message } = await errorOf(list(`(first: 5, after: ${JSON.stringify(after)})`));
      expect({ after, code }).toEqual({ after, code: 'BAD_USER_INPUT' });
      expect(message).toMatch(/^`after` must be .*\. Pass the `endCursor` of /);
    }
  });

  it('refuses a cursor that somebody made up', async () => {
    const made = [
      writeKey('runs-by-request', ['not a time', NOBODY]),
      writeKey('runs-by-request', [new Date().toISOString(), 'not an id']),
      writeKey('runs-by-date', ['2026-02-30', NOBODY]),
      writeKey('runs-by-date', ['2026-02-03', '']),
      ...['interventions', 'outcomes', 'chunks'].flatMap((key) => [writeKey(key, [1e300]), writeKey(key, [0.5])]),
      writeKey('interventions', ['9223372036854775808']), // rows may have any id of 64 bits
      writeKey('chunks', [-1]),
      writeKey('outcomes', [-2_147_483_649]), // accounts may have any id of 32 bits
      writeCursor({ xid: '99999999999999999999', position: '1' }),
      writeCursor({ xid: '1', position: '9999999999999999999' }),
    ];
    for (const after of made) {
      const told = await errorOf(list(`(first: 5, after: "${after}")`));
      expect({ after, code: told.code }).toEqual({ after, code: 'BAD_USER_INPUT' });
    }
  });
});

function endCursor(data: object): string {
  const text = /"endCursor":"([^"]+)"/.exec(JSON.stringify(data))?.[1];
  if (text === undefined) throw new Error(`no cursor in ${JSON.stringify(data)}`);
  return text;
}

describe('a query', () => {
  it.each<[string, string, string, RegExp]>([
    ['an unknown run', `{ run(id: "${NOBODY}") { id } }`, 'RUN_NOT_FOUND', /No run has the id .*List the runs/],
    ['an id that is none', `{ run(id: "one") { id } }`, 'GRAPHQL_VALIDATION_FAILED', /UUID/],
    ['an unknown user', '{ userTimeline(userId: 999999) { userId } }', 'USER_NOT_FOUND', /No account has the id 999999\. Check the id/],
    ['a user id below one', '{ userTimeline(userId: -1) { userId } }', 'USER_NOT_FOUND', /-1/],
    ['no day', '{ userTimeline(userId: 1, from: "2026-02-30") { userId } }', 'GRAPHQL_VALIDATION_FAILED', /YYYY-MM-DD/],
    ['too many days', '{ userTimeline(userId: 1, from: "2020-01-01") { userId } }', 'BAD_USER_INPUT', /1 to 92 days, found \d+\. Choose/],
    [
      'days in the wrong order',
      '{ userTimeline(userId: 1, from: "2026-03-02", to: "2026-03-01") { userId } }',
      'BAD_USER_INPUT',
      /found 0/,
    ],
    ['a text with NUL', String.raw`{ interventions(filter: { gubun: "a\u0000" }) { nodes { id } } }`, 'BAD_USER_INPUT', /gubun/],
    ['a field that is not there', '{ runs { nodes { diagnosis } } }', 'GRAPHQL_VALIDATION_FAILED', /diagnosis/],
  ])('for %s is refused', async (_, query, code, message) => {
    expect(await errorOf(query)).toEqual({ code, message: expect.stringMatching(message) });
  });

  it.each(['NO_SUCH_REASON', 'nut', String.raw`\u0000`])(
    'for outcomes with a reason that there is none of is told those there are: %s',
    async (reason) => {
      const told = await errorOf(`{ run(id: "${runId}") { outcomes(filter: { reasons: ["${reason}"] }) { nodes { userId } } } }`);
      expect(told).toEqual({
        code: 'BAD_USER_INPUT',
        message: expect.stringMatching(/MISSING_FOOD_RECORD.*INVALID_INPUT.*Correct or remove/),
      });
    },
  );
});

describe('a subscription', () => {
  it.each([
    ['batchProgress', `(runId: "${NOBODY}")`],
    ['runEvents', `(runId: "${NOBODY}")`],
    ['runsChanged', ''],
  ])('%s sent over plain HTTP is told which way to go', async (field, args) => {
    const told = await errorOf(`subscription { ${field}${args} { __typename } }`);
    expect(told).toEqual({ code: 'SUBSCRIPTION_OVER_HTTP', message: expect.stringMatching(/WebSocket .*or .*Server-Sent Events/) });
  });

  it.each([
    [`batchProgress(runId: "${NOBODY}") { percent }`, 'RUN_NOT_FOUND'],
    [`runEvents(runId: "${NOBODY}") { type }`, 'RUN_NOT_FOUND'],
    ['batchProgress(runId: "one") { percent }', 'GRAPHQL_VALIDATION_FAILED'],
  ])('for %s is refused', async (field, code) => {
    await expect(subscribe(service.url, `subscription { ${field} }`, {}).next()).rejects.toThrow(code);
  });

  it('with a cursor that is none is refused', async () => {
    for (const after of ['garbage', writeKey('runs', ['a', 'b']), writeCursor({ xid: '99999999999999999999', position: '1' })]) {
      const events = subscribe(service.url, `subscription { runEvents(runId: "${runId}", after: "${after}") { type } }`, {});
      await expect(events.next()).rejects.toThrow(/BAD_USER_INPUT/);
    }
    const first = await subscribe(
      service.url,
      `subscription { runEvents(runId: "${runId}", after: "${writeCursor(ORIGIN)}") { type } }`,
      {},
    ).next();
    expect(first.value).toEqual({ runEvents: { type: 'RunRequested' } });
  });
});
