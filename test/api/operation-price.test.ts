import { beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema, execute, getIntrospectionQuery, type GraphQLSchema, isObjectType, parse } from 'graphql';
import { graphqlSchema } from '../../src/server/graphql-schema.js';
import { shapeProblem } from '../../src/server/operations/document-shape.js';
import { requireListSizes } from '../../src/server/operations/list-sizes.js';
import { USUAL_LIMITS } from '../../src/server/operations/desk-limits.js';
import { OperationDesk } from '../../src/server/operations/operation-desk.js';
import { EXAMPLE_OPERATIONS } from '../../src/server/playground/example-operations.js';

const ID = '018f0000-0000-7000-8000-000000000001';
const many = (count: number, text: (index: number) => string): string => Array.from({ length: count }, (_, at) => text(at)).join(' ');

const page = (inner: string): string => `{ runs(first: 7) { nodes { ${inner} } } }`;

let schema: GraphQLSchema;
let desk: OperationDesk;

beforeAll(async () => {
  schema = await graphqlSchema();
  desk = new OperationDesk(schema, USUAL_LIMITS);
});

/** The price of an operation, by its text, its variables and, among several, its name. */
function price(query: string, variables: object = {}, operationName?: string): number {
  return desk.price({ document: parse(query), variables: { ...variables }, operationName }).price;
}

/** What the desk says to an operation. */
async function refusal(query: string, variables: object = {}): Promise<unknown> {
  const asked = { document: parse(query), variables: { ...variables }, caller: 'viewer' };
  return desk.admit(asked).then((admitted) => admitted.close(), (error: unknown) => error); // prettier-ignore
}

describe('the price of an operation', () => {
  it('multiplies by the page at every connection, and by the declared maximum at every plain list', () => {
    expect(price(page('id'))).toBe(1 + 1 + 7 * (1 + 1)); // `runs`, `nodes`, and each node with its id
    expect(price(page('retries { id }')) - price(page('id'))).toBe(7 * 100 * 2);
    expect(price(page('outcomes(first: 3) { nodes { userId } }')) - price(page('id'))).toBe(7 * (2 + 3 * 2 - 1));
    expect(price(`{ backfill(id: "${ID}") { dates { recordDate } } }`)).toBe(1 + 1 + 400 * 2);
    expect(price(page('userIds')) - price(page('id'))).toBe((7 * 10_000) / 10); // a list of plain figures weighs a tenth
  });

  it('takes the page’s size from the literal, the variable, the variable’s default or the field’s', () => {
    const query = 'query ($n: Int! = 4) { runs(first: $n) { nodes { id } } }';
    expect([price(query), price(query, { n: 9 }), price('{ runs { nodes { id } } }')]).toEqual([
      price('{ runs(first: 4) { nodes { id } } }'),
      price('{ runs(first: 9) { nodes { id } } }'),
      price('{ runs(first: 20) { nodes { id } } }'),
    ]);
    const timeline = (args: string): number => price(`{ userTimeline(userId: 1${args}) { days { recordDate } } }`);
    expect(
      [timeline(''), timeline(', from: "2026-01-01", to: "2026-01-03"'), timeline(', from: "2026-01-01"')].map((each) => each - 500),
    ).toEqual([14, 3, 92].map((days) => 1 + days * 2));
  });

  it('counts each alias, and once what fields and fragments ask for twice', () => {
    const once = price('{ runs { nodes { id status } } }');
    expect(price('{ a: runs { nodes { id status } } b: runs { nodes { id status } } }')).toBe(2 * once);
    expect(
      price('{ runs { nodes { id } } runs { nodes { status } } ...F ...F } fragment F on Query { runs { nodes { id status } } }'),
    ).toBe(once);
  });

  it('leaves out what @skip and @include leave out, also by a variable', () => {
    const query = 'query ($all: Boolean! = true) { runs { nodes { id outcomes(first: 100) @include(if: $all) { nodes { userId } } } } }';
    const without = price('{ runs { nodes { id } } }');
    expect([price(query, { all: false }), price(query) > 50 * without]).toEqual([without, true]);
    expect(price('query ($no: Boolean!) { runs { nodes { id ... @skip(if: $no) { retries { id } } } } }', { no: true })).toBe(without);
  });

  it('is that of the dearest member of a union, and of the operation that is named', () => {
    const forecast = '{ forecast { ... on Forecast { users eligible } ... on Refused { code } ... on Error { message } } }';
    expect(price(forecast)).toBe(2_000 + 2);
    const two = `query cheap { __typename } query dear { backfill(id: "${ID}") { dates { recordDate } } }`;
    expect([price(two, {}, 'cheap'), price(two, {}, 'dear')]).toEqual([1, 802]);
  });

  it('of introspection is what it answers', () => {
    const answer = execute({ schema, document: parse(getIntrospectionQuery()) }) as { data: object };
    const values = (value: unknown): number => {
      if (Array.isArray(value)) return value.reduce((sum: number, each) => sum + values(each), 0);
      return typeof value === 'object' && value !== null
        ? Object.values(value).reduce((sum: number, each) => sum + 1 + values(each), 0)
        : 0;
    };
    expect(price(getIntrospectionQuery())).toBe(Math.ceil(1 + values(Object.values(answer.data)[0]) / 2));
  });
});

describe('an operation that may come to too much', () => {
  it.each<[string, string, object, string]>([
    [
      'dates within dates within dates',
      `{backfill(id:"${ID}"){dates{run{backfill{dates{run{backfill{dates{run{backfill{dates{recordDate}}}}}}}}}}}}`,
      {},
      'backfill.dates.run.backfill.dates.run.backfill.dates.run.backfill.dates',
    ],
    [
      'pages within pages by a variable',
      `query($n:Int!){run(id:"${ID}"){outcomes(first:$n){nodes{run{outcomes(first:$n){nodes{run{outcomes(first:$n){nodes{userId intervention{id}}}}}}}}}}}`,
      { n: 100 },
      'run.outcomes.nodes.run.outcomes.nodes.run.outcomes.nodes',
    ],
    ['retries of retries', '{ runs(first: 100) { nodes { retries { retries { id } } } } }', {}, 'runs.nodes.retries.retries'],
    [
      'timelines of runs of slots',
      '{ userTimeline(userId: 1, from: "2026-01-01") { days { entries { run { schedule { slots(first: 100) { nodes { fired } } } } } } } }',
      {},
      'userTimeline.days.entries.run.schedule.slots.nodes',
    ],
    ['heavy fields under aliases', `{ ${many(15, (at) => `a${at}: runs(first: 100) { nodes { report { failed } } }`)} }`, {}, ''],
  ])('is refused with its price, the limit, and where most of it lies: %s', async (_, query, variables, dearest) => {
    const limit = USUAL_LIMITS.price;
    expect(await refusal(query, variables)).toMatchObject({
      message: expect.stringMatching(
        /^The operation may come to [\d,]+ values, and at most 50,000 are taken\. .*: ask for fewer .*, or send it in parts\.$/,
      ),
      extensions: { code: 'OPERATION_TOO_COSTLY', price: expect.any(Number), limit, dearest },
    });
  });

  it('is let in when it asks for less', async () => {
    expect(await refusal('{ runs(first: 100) { nodes { retries { id } } } }')).toBeUndefined();
    const outcomes = 'query($n:Int!){runs(first:$n){nodes{outcomes(first:$n){nodes{userId intervention{id recordDate}}}}}}';
    expect(await refusal(outcomes, { n: 90 })).toBeUndefined();
  });

  it('holds for no example of the playground', async () => {
    for (const { query } of EXAMPLE_OPERATIONS) expect(await refusal(query, { runId: ID, id: ID, userId: 1, input: {} })).toBeUndefined();
  });
});

const below = (level: number, at: number): string => `...M${level + 1}_${at % 9} ...M${level + 1}_${(at * at + level) % 9}`;

describe('a document that is made to be hard to look at', () => {
  const tower = (height: number, link: (next: string) => string, last: string): string =>
    `${many(height, (at) => `fragment F${at} on Run { ${link(`...F${at + 1}`)} }`)} fragment F${height} on Run { ${last} }`;

  it('of fragments that each spread the next one twice is priced in as many steps as it has lines', () => {
    const query = `{ runs(first: 1) { nodes { ...F0 } } } ${tower(60, (next) => `parent { ${next} } schedule { lastRun { ${next} } }`, 'id')}`;
    expect(price(query)).toBeGreaterThan(2 ** 60); // what expanding it would have taken
  });

  it('of fragments that are merged in ever new ways, or that never end, is given up', async () => {
    const fields = (level: number, at: number): string =>
      many(6, (to) => `r${to}: parent { ${level < 9 ? below(level, at + to * to) : 'id'} }`);
    const woven = many(10, (level) => many(9, (at) => `fragment M${level}_${at} on Run { ${fields(level, at)} }`));
    for (const query of [
      `{ run(id: "${ID}") { ${many(9, (at) => `...M0_${at}`)} } } ${woven}`,
      `{ run(id: "${ID}") { ...F } } fragment F on Run { parent { id ...F } }`,
    ])
      expect(await refusal(query)).toMatchObject({ extensions: { code: 'OPERATION_TOO_COMPLEX' } });
  });

  it.each([
    ['the same field over and over', `{ ${many(450, () => 'systemStatus { now }')} }`, /same fields too often/],
    ['the same tree over and over', `{ ${many(150, () => 'runs { nodes { parent { parent { id } } } }')} }`, /same fields too often/],
    ['a fragment within itself', `{ runs { nodes { ...F } } } fragment F on Run { parent { ...F } }`, /more than 12 deep/],
    [
      'two fragments within each other',
      `{ runs { nodes { ...F } } } fragment F on Run { ...G } fragment G on Run { ...F }`,
      /more than 12 deep/,
    ],
    ['depth through fragments', `{ runs { nodes { ...F0 } } } ${tower(12, (next) => `parent { ${next} }`, 'id')}`, /more than 12 deep/],
  ])('is refused before it is validated: %s', (_, query, message) => {
    expect(shapeProblem(parse(query))?.message).toMatch(message);
  });

  it('is not what tools send', () => {
    expect(shapeProblem(parse(getIntrospectionQuery()))).toBeUndefined();
  });
});

describe('a schema with a list of which nobody can say how long it may be', () => {
  it('is not served', () => {
    const made = buildSchema('type Query { days: [Day!]!, all: Page! } type Day { at: String! } type Page { nodes: [Day!]! }');
    expect(() => requireListSizes(made)).toThrow('lists without a size: Query.days, Page.nodes. Put @Most(…) above each');
    for (const [type, field, most] of [
      ['Query', 'days', 7],
      ['Page', 'nodes', 'ASKED'],
    ] as const) {
      const found = made.getType(type);
      if (isObjectType(found)) Object.assign(found.getFields()[field] ?? {}, { extensions: { most } });
    }
    expect(() => requireListSizes(made)).toThrow('fields that lead to a list as long as asked, and cannot be asked: Query.all.');
  });
});
