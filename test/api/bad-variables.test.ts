import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema, parse } from 'graphql';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { addDays, parseLocalDate, type LocalDate } from '../../src/domain/local-date.js';
import { readKey, writeKey } from '../../src/database/keyset.js';
import { graphqlSchema } from '../../src/server/graphql-schema.js';
import { NullsAsDefaults } from '../../src/server/operations/operation-runner.js';
import { OperationDesk } from '../../src/server/operations/operation-desk.js';
import { USUAL_LIMITS } from '../../src/server/operations/desk-limits.js';
import { ask, dataOf } from '../support/graphql-client.js';
import { createPatients } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { startTestService, type TestService } from '../support/test-service.js';

const resources = new Resources();
let service: TestService;

beforeAll(async () => {
  service = resources.use(await startTestService(resources.use(await createPatients(12)), { role: 'api' }));
});

afterAll(async () => {
  await resources.end();
});

describe('A variable that is null where a default stands', () => {
  it.each([
    [
      'the size of a page',
      'query ($v: Int) { list: interventions(first: $v) { nodes { id } } }',
      '{ list: interventions { nodes { id } } }',
    ],
    ['an order', 'query ($v: RunOrder) { list: runs(orderBy: $v) { nodes { id } } }', '{ list: runs { nodes { id } } }'],
    ['a switch', 'query ($v: Boolean) { list: schedules(includeDeleted: $v) { nodes { id } } }', '{ list: schedules { nodes { id } } }'],
    [
      'a program',
      'query ($v: ProgramName) { list: userTimeline(userId: 1, program: $v) { program } }',
      '{ list: userTimeline(userId: 1) { program } }',
    ],
    [
      'a page in a fragment',
      'query ($v: Int) { ...F } fragment F on Query { list: runs(first: $v) { nodes { id } } }',
      '{ list: runs { nodes { id } } }',
    ],
    [
      'a field of an input',
      'query ($v: Boolean) { list: forecast(input: { recordDate: "2026-02-01", dryRun: $v }) { __typename } }',
      '{ list: forecast(input: { recordDate: "2026-02-01" }) { __typename } }',
    ],
  ])('means the default: %s', async (_what, query, plain) => {
    expect(await dataOf(service.url, query, { v: null })).toEqual(await dataOf(service.url, plain));
  });

  it('stays null where null is a value of its own, or no default stands', () => {
    const schema = buildSchema('type Query { a(n: Int! = 1, m: Int = 2, l: [Int!]): Int  b(i: I): Int } input I { n: Int! = 3, m: Int }');
    const nulls = new NullsAsDefaults(schema);
    const left = (query: string, variables: object) => Object.keys(nulls.of(parse(query), { ...variables }) ?? {});
    expect(left('query ($v: Int) { a(n: $v) }', { v: null })).toEqual([]);
    expect(left('query ($v: Int) { a(n: $v) }', { v: 1 })).toEqual(['v']);
    expect(left('query ($v: Int) { a(m: $v) }', { v: null })).toEqual(['v']);
    expect(left('query ($v: [Int!]) { a(l: $v) }', { v: null })).toEqual(['v']);
    expect(left('query ($v: Int, $w: Int) { b(i: { n: $v, m: $w }) }', { v: null, w: null })).toEqual(['w']);
  });
});

/** The codes of what an operation is refused for; none when it is answered. */
const codes = async (query: string, variables: object = {}) => {
  const { errors = [] } = await ask(service.url, query, variables);
  return errors.map(({ extensions }) => extensions?.['code']);
};

/** A cursor of a list. */
const cursor = (list: string, ...key: (string | number)[]) => writeKey(list, key);

const interventionsOf = (userIds: number[]) =>
  codes('query ($u: [Int!]) { interventions(filter: { userIds: $u }) { nodes { id } } }', { u: userIds });

const deep = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));

describe('A variable that is nested beyond measure', () => {
  const query =
    'query ($id: UUID!, $day: Date, $n: Int) { run(id: $id) { id } runs(first: $n, filter: { recordDate: $day }) { nodes { id } } }';

  it.each([70, 4_000])('is the client’s error over HTTP and streams, which say how deep it may be: %s levels', async (levels) => {
    for (const path of ['/graphql', '/graphql/stream']) {
      const body = `{"query":${JSON.stringify(query)},"variables":{"id":${'['.repeat(levels)}${']'.repeat(levels)}}}`;
      const headers = { 'content-type': 'application/json', accept: path === '/graphql' ? 'application/json' : 'text/event-stream' };
      const response = await fetch(`${service.url}${path}`, { method: 'POST', headers, body });
      expect([path, response.status, await response.text()]).toEqual([path, 400, expect.stringContaining('64 levels')]);
    }
  });

  it('is an error of its operation on a socket, whose other operations go on', async () => {
    const client = createClient({ url: `${service.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0 });
    const answers = async (variables: Record<string, unknown>): Promise<unknown[]> => {
      const found: unknown[] = [];
      try {
        for await (const result of client.iterate({ query: '{ runs(first: 1) { nodes { id } } }', variables })) found.push(result);
      } catch (errors) {
        found.push(...(errors as unknown[]));
      }
      return found;
    };
    const [refused, answered] = await Promise.all([answers({ id: deep(70) }), answers({})]);
    expect(refused).toMatchObject([{ message: expect.stringContaining('64 levels'), extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(answered).toEqual([{ data: { runs: { nodes: expect.any(Array) } } }]);
    await client.dispose();
  });
});

describe('A value that no type of ours holds', () => {
  it('is the client’s error in a cursor: a year 0, and others that only one side can read', async () => {
    const id = '018f0000-0000-7000-8000-000000000001';
    for (const time of [
      '0000-01-01T00:00:00.000Z',
      '0001-01-01T00:00:00.000Z',
      '9999-13-01T00:00:00.000Z',
      '2026-02-30T00:00:00.000Z',
      '2026-01-01T25:00:00Z',
      '2026-01-01 00:00:00Z',
    ]) {
      expect([time, await codes(`{ runs(after: "${cursor('runs-by-request', time, id)}") { nodes { id } } }`)]).toEqual([
        time,
        ['BAD_USER_INPUT'],
      ]);
    }
    expect(await codes(`{ runs(after: "${cursor('runs-by-request', '2026-01-01T00:00:00.000Z', id)}") { nodes { id } } }`)).toEqual([]);
    expect(readKey('x', writeKey('x', ['9999-12-31T23:59:59.999999Z']), ['time'])).toEqual(['9999-12-31T23:59:59.999999Z']);
  });

  it('is not made of one that is: a day near the calendar’s ends has days around it', async () => {
    const [first, last] = ['1900-01-01', '9999-12-31'] as LocalDate[];
    expect([addDays('1900-01-05' as LocalDate, -13), addDays(last as LocalDate, 1), addDays(first as LocalDate, -1e12)]).toEqual([
      first,
      last,
      first,
    ]);
    expect([parseLocalDate('1899-12-31'), parseLocalDate('1900-01-01')]).toEqual([undefined, first]);
    for (const to of ['1900-01-05', '1900-01-01', '9999-12-31']) {
      const { userTimeline } = await dataOf<{ userTimeline: { days: { recordDate: string }[] } }>(
        service.url,
        `{ userTimeline(userId: 1, to: "${to}") { days { recordDate } } }`,
      );
      expect([to, userTimeline.days[0]?.recordDate, userTimeline.days.length]).toEqual([
        to,
        to,
        to === '1900-01-01' ? 1 : to === '1900-01-05' ? 5 : 14,
      ]);
    }
  });

  it('is told of once or twice, and the rest of it is not looked at: a list of a hundred thousand', async () => {
    let looked = 0;
    const endless = new Proxy(
      Array.from({ length: 100_000 }, () => 'NOPE'),
      {
        get(list, key, receiver) {
          looked += typeof key === 'string' && /^\d+$/.test(key) ? 1 : 0;
          return Reflect.get(list, key, receiver) as unknown;
        },
      },
    );
    const desk = new OperationDesk(await graphqlSchema(), USUAL_LIMITS);
    const query = 'query ($s: [RunStatus!]) { runs(filter: { statuses: $s }) { nodes { id } } }';
    desk.price({ document: parse(query), variables: { s: endless } });
    expect(looked).toBeLessThan(100);
    expect((await codes(query, { s: Array.from({ length: 50_000 }, () => 'NOPE') })).length).toBeLessThan(60);
  });

  it('counts once in a filter that names it ten thousand times, and too many different ones are refused', async () => {
    expect(await interventionsOf(Array.from({ length: 20_000 }, () => 1))).toEqual([]);
    expect(await interventionsOf(Array.from({ length: 10_001 }, (_, at) => at))).toEqual(['BAD_USER_INPUT']);
  });
});

describe('A variable that is null where null is not taken, though it has a default of its own', () => {
  it.each([
    ['an argument', 'query ($v: UUID = "018f0000-0000-7000-8000-000000000001") { run(id: $v) { id } }'],
    ['an item of a list', 'query ($v: Int = 1) { interventions(filter: { userIds: [1, $v] }) { nodes { id } } }'],
    ['a word in a list', 'query ($v: RunStatus = FAILED) { runs(filter: { statuses: [$v] }) { nodes { id } } }'],
    ['a field of an input', 'mutation ($v: Date = "2026-02-01") { backfill(input: { from: $v, to: "2026-02-02" }) { __typename } }'],
    [
      'an argument in a fragment',
      'query ($v: UUID = "018f0000-0000-7000-8000-000000000001") { ...F } fragment F on Query { run(id: $v) { id } }',
    ],
    ['an argument of the schema’s own', 'query ($v: String = "Run") { __type(name: $v) { name } }'],
    ['a switch', 'query ($v: Boolean = true) { runs @include(if: $v) { nodes { id } } }'],
  ])('is the client’s error: %s', async (_what, query) => {
    expect(await codes(query, { v: null })).toEqual(['BAD_USER_INPUT']);
    // Left out, it is its default, which no code of ours refuses as a mistake of ours.
    expect((await codes(query)).filter((code) => code === 'INTERNAL')).toEqual([]);
  });

  it('refuses an order before any of it is done', async () => {
    const backfills = '{ backfills { nodes { id } } }';
    const before = await dataOf(service.url, backfills);
    const order =
      'mutation ($v: UUID = "018f0000-0000-7000-8000-000000000001") { a: backfill(input: { from: "2026-02-01", to: "2026-02-01" }) { __typename } b: cancelBackfill(id: $v) { __typename } }';
    expect(await codes(order, { v: null })).toEqual(['BAD_USER_INPUT']);
    expect(await dataOf(service.url, backfills)).toEqual(before);
  });
});
