import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  buildSchema,
  getNamedType,
  type GraphQLField,
  type GraphQLInputField,
  GraphQLObjectType,
  GraphQLSchema,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  OverlappingFieldsCanBeMergedRule,
  parse,
  validate,
  validateSchema,
} from 'graphql';
import { graphqlSchema } from '../../src/server/graphql-schema.js';

let schema: GraphQLSchema;

beforeAll(async () => {
  schema = await graphqlSchema();
});

/** Every field of every member of a union or interface, without an alias, and of objects within them every plain field. */
function everythingOf(of: GraphQLSchema, name: string): string {
  const type = of.getType(name);
  if (!isAbstractType(type)) throw new Error(`${name} is neither a union nor an interface`);
  const members = of.getPossibleTypes(type).map((member) => `... on ${member.name} { ${fieldsOf(Object.values(member.getFields()), 2)} }`);
  return `fragment Everything on ${name} { ${members.join(' ')} } query { __typename }`;
}

function fieldsOf(fields: readonly GraphQLField<unknown, unknown>[], depth: number): string {
  const selected = fields.flatMap((field) => {
    const type = getNamedType(field.type);
    if (isLeafType(type)) return [field.name];
    if (depth === 0 || !isObjectType(type)) return [`${field.name} { __typename }`];
    return [`${field.name} { ${fieldsOf(Object.values(type.getFields()), depth - 1)} }`];
  });
  return ['__typename', ...selected].join(' ');
}

const conflictsIn = (of: GraphQLSchema, name: string): string[] =>
  validate(of, parse(everythingOf(of, name)), [OverlappingFieldsCanBeMergedRule]).map(({ message }) => `${name}: ${message}`);

interface TypedPlace {
  readonly name: string;
  readonly type: string;
}

/** Every field, input field and argument with the name of its type. */
function placesOf(of: GraphQLSchema): TypedPlace[] {
  return Object.values(of.getTypeMap()).flatMap((type) => {
    if (type.name.startsWith('__') || !(isObjectType(type) || isInterfaceType(type) || isInputObjectType(type))) return [];
    const fields: readonly (GraphQLField<unknown, unknown> | GraphQLInputField)[] = Object.values(type.getFields());
    return fields.flatMap((field) => [
      { name: `${type.name}.${field.name}`, type: getNamedType(field.type).name },
      ...('args' in field ? field.args : []).map((arg) => ({
        name: `${type.name}.${field.name}.${arg.name}`,
        type: getNamedType(arg.type).name,
      })),
    ]);
  });
}

/** Names of what holds an id, of any of our things or of IBSafe's. */
const ID_NAME = /(^|\.)(id|other)$|Id$|Ids$/;
/** Users of IBSafe are numbered by PostgreSQL's `integer`, which is what GraphQL's Int holds. */
const ID_TYPES = ['ID', 'UUID', 'Int', 'String'];

/** Figures that are no whole numbers, or that outgrow an Int: tokens, dollars, milliseconds, events. Nothing that names a thing. */
const FIGURES =
  /(tokensIn|tokensOut|tokensCached|costUsd|usersPerSecond|events|bytes|heldMs|lagMs|durationMs|sleepTarget|after|before|seconds|coverage|readyCoverage|priceUsd|costPer1000Usd|StopFigure\.(candidate|inForce|limit))$/;

describe('The schema, to a generator of clients', () => {
  it('is one that GraphQL accepts, which a start does not check', () => {
    expect(validateSchema(schema).map(({ message }) => message)).toEqual([]);
    const empty = new GraphQLSchema({ query: new GraphQLObjectType({ name: 'Query', fields: {} }) });
    expect(validateSchema(empty)).toHaveLength(1);
  });

  it('has one type for the fields of one name in a union or interface: all of it can be asked for without an alias', () => {
    const abstract = Object.values(schema.getTypeMap()).filter((type) => isAbstractType(type));
    expect(abstract.length).toBeGreaterThan(8);
    expect(abstract.flatMap(({ name }) => conflictsIn(schema, name))).toEqual([]);
  });

  it.each([
    ['one may be null', 'type A { run: Int! } type B { run: Int }'],
    ['of another type', 'type A { run: Int } type B { run: String }'],
    ['a list in one', 'type A { run: [Int] } type B { run: Int }'],
    ['a level below', 'type A { run: X } type B { run: Y } type X { at: Int } type Y { at: Int! }'],
  ])('would be found out by that: %s', (_what, types) => {
    expect(conflictsIn(buildSchema(`${types} union U = A | B type Query { u: U }`), 'U')).toHaveLength(1);
  });

  it('has words in capital letters, each described', () => {
    const words = Object.values(schema.getTypeMap())
      .filter((type) => isEnumType(type))
      .filter(({ name }) => !name.startsWith('__'))
      .flatMap((type) =>
        type
          .getValues()
          .map(({ name, description }) => ({ word: `${type.name}.${name}`, isCapital: /^[A-Z][A-Z0-9_]*$/.test(name), description })),
      );
    expect(words.length).toBeGreaterThan(100);
    expect(words.filter(({ isCapital, description }) => !isCapital || (description ?? '') === '')).toEqual([]);
  });

  it('has no id that is a float, and no float that is not a known figure', () => {
    const places = placesOf(schema);
    const ids = places.filter(({ name }) => ID_NAME.test(name));
    expect(ids.length).toBeGreaterThan(30);
    expect(ids.filter(({ type }) => !ID_TYPES.includes(type))).toEqual([]);
    expect(places.filter(({ name, type }) => type === 'Float' && !FIGURES.test(name))).toEqual([]);
  });

  it('has an enum for the code of every refusal in a result', () => {
    const refusals = Object.values(schema.getTypeMap()).filter(
      (type) => isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Error'),
    );
    expect(refusals.map(({ name }) => name).toSorted()).toEqual(['Refused', 'RunConflict', 'ScheduleInvalid', 'VersionConflict']);
    for (const { name } of refusals) expect(placesOf(schema)).toContainEqual({ name: `${name}.code`, type: 'ErrorCode' });
  });
});
