import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getNamedType, type GraphQLArgument, type GraphQLField, isRequiredArgument, parse } from 'graphql';
import { addDays } from '../../src/domain/local-date.js';
import { MAX_OF_DATES } from '../../src/projections/queries/run-queries.js';
import { graphqlSchema } from '../../src/server/graphql-schema.js';
import { USUAL_LIMITS } from '../../src/server/operations/desk-limits.js';
import { OperationDesk } from '../../src/server/operations/operation-desk.js';
import { runToEnd } from '../support/batch-client.js';
import { ask } from '../support/graphql-client.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { anyLiteral, type Found, isList, leavesOf, operationFor, walkFields } from '../support/schema-walk.js';
import { statementsOf } from '../support/sent-statements.js';
import { startTestService, type TestService } from '../support/test-service.js';

type Field = GraphQLField<unknown, unknown>;

const schema = await graphqlSchema();
const desk = new OperationDesk(schema, { ...USUAL_LIMITS, price: Number.POSITIVE_INFINITY });
const fields = walkFields(schema);
const lists = fields.filter(({ field }) => isList(field));
const ASKING = new Set(['first', 'count']);

const required = (_field: Field, argument: GraphQLArgument): string | undefined =>
  isRequiredArgument(argument) ? anyLiteral(argument) : undefined;
/** As `required`, and every `first` and `count` on the way says so many. */
const asking =
  (size: number) =>
  (field: Field, argument: GraphQLArgument): string | undefined =>
    ASKING.has(argument.name) ? String(size) : required(field, argument);
const priceOf = (query: string): number => desk.price({ document: parse(query) }).price;

/** How many times a list may be multiplied on the way to it, itself included, when every page is of one. */
function declared({ path }: Found): number {
  return path.reduce((product, { extensions }) => product * (typeof extensions['most'] === 'number' ? extensions['most'] : 1), 1);
}

describe('every list of the schema', () => {
  it('is found by the walk', () => {
    const all = Object.values(schema.getTypeMap()).flatMap((type) => ('getFields' in type && !type.name.startsWith('__') && 'getInterfaces' in type && !('resolveType' in type) ? Object.values(type.getFields() as Record<string, Field>).filter(isList).map(({ name }) => `${type.name}.${name}`) : [])); // prettier-ignore
    expect(lists.map(({ name }) => name).toSorted()).toEqual(all.toSorted());
    expect(lists.length).toBeGreaterThan(40);
  });

  it.each(lists.map((found) => [found.name, found] as const))('%s: its price grows with all that it may hold', (_, found) => {
    const price = priceOf(operationFor(found, asking(1)));
    const leaf = leavesOf(found.field) === '';
    expect(price).toBeGreaterThanOrEqual(declared(found) * (leaf ? 0.1 : 1));
  });

  const asked = lists.filter(
    ({ path }) =>
      path.some(({ extensions }) => extensions['most'] === 'ASKED') && path.some(({ args }) => args.some(({ name }) => ASKING.has(name))),
  );
  it.each(asked.map((found) => [found.name, found] as const))(
    '%s: its price is a straight line in what is asked for, or steeper',
    (_, found) => {
      const [one = 0, fifty = 0, hundred = 0] = [1, 50, 100].map((size) => priceOf(operationFor(found, asking(size))));
      expect(fifty).toBeGreaterThan(one);
      expect(hundred).toBeGreaterThanOrEqual(fifty + (50 / 49) * (fifty - one) - 2);
    },
  );
});

describe('every argument that says how many', () => {
  const sized = fields.flatMap(({ name, field, ...found }) => field.args.filter((each) => ASKING.has(each.name)).map((argument) => [`${name}(${argument.name})`, { name, field, ...found }, argument] as const)); // prettier-ignore

  it.each(sized)('%s counts in a variable as in the text, and beyond its bounds as at them', (_, found, { name }) => {
    const text = (value: string): string => operationFor(found, (field, each) => (field === found.field && each.name === name ? value : required(field, each))); // prettier-ignore
    const variable = (value: number): number => desk.price({ document: parse(text('$size').replace(/^\w+/, (kind) => `${kind} ($size: Int!)`)), variables: { size: value } }).price; // prettier-ignore
    for (const size of [1, 37, 100]) expect(variable(size)).toBe(priceOf(text(String(size))));
    expect([variable(2_147_483_647), variable(-5)]).toEqual([variable(100), variable(0)]);
  });
});

it('the runs of a timeline are as many as its query reads at most', async () => {
  const { MAX_TIMELINE_RUNS } = await import('../../src/schema/timeline-type.js'); // after the schema, which brings what its decorators need
  expect(MAX_TIMELINE_RUNS).toBe(MAX_OF_DATES);
});

describe('every field of what a page holds', () => {
  const resources = new Resources();
  let database: PatientsDatabase;
  let api: TestService;
  const given: Record<string, string> = {};

  beforeAll(async () => {
    database = resources.use(await createPatients(40));
    await using all = await startTestService(database);
    for (let back = 0; back < 6; back += 1)
      await runToEnd(all.url, { recordDate: addDays(RECORD_DATE, -back), dryRun: back > 0, chunkSize: 4 });
    api = resources.use(await startTestService(database, { role: 'api' }));
    const [advice] = await database.column<number>('select min(id)::int from ibsafe_interventionrecord');
    Object.assign(given, { other: String(advice) });
  });

  afterAll(async () => {
    await resources.end();
  });

  /** Fields of the nodes of each list that a query begins with: what many of them ask for at once. */
  const pages = fields.filter(
    ({ root, path }) => root === 'query' && path.length === 1 && path[0]?.args.some(({ name }) => name === 'first'),
  );
  const nodes = pages.flatMap(({ field: page }) => {
    const node = fields.find(({ path }) => path.length === 2 && path[0] === page && path[1]?.name === 'nodes')?.field;
    const type = node === undefined ? undefined : schema.getType(getNamedType(node.type).name);
    return type !== undefined && 'getInterfaces' in type ? Object.values(type.getFields()).map((field) => [`${page.name}.${field.name}`, page, field] as const) : []; // prettier-ignore
  });

  it.each(nodes)('%s costs as many statements for many as for few', async (_, page, field) => {
    const args = field.args.filter(isRequiredArgument).map((each) => `${each.name}: ${given[each.name] ?? anyLiteral(each)}`);
    const inner = isConnection(field) ? `nodes { ${leavesOfNodes(field)} }` : leavesOf(field);
    const query = (first: number): string => `{ ${page.name}(first: ${first}) { nodes { ${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''}${inner === '' ? '' : ` { ${inner} }`} } } }`; // prettier-ignore
    const counts: number[] = [];
    for (const first of [2, 2, 6]) {
      const sent = await statementsOf(async () => expect((await ask(api.url, query(first))).errors).toBeUndefined());
      counts.push(sent.length);
    }
    expect(counts[2]).toBe(counts[1]);
    expect(counts[2]).toBeLessThanOrEqual(4);
  });
});

function isConnection({ type }: Field): boolean {
  return getNamedType(type).name.endsWith('Connection');
}

function leavesOfNodes({ type }: Field): string {
  const named = getNamedType(type);
  return 'getFields' in named ? leavesOf((named.getFields() as Record<string, Field>)['nodes'] as Field) : '';
}
