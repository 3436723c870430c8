import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  Kind,
  typeFromAST,
} from 'graphql';
import { graphqlSchema } from '../../src/server/graphql-schema.js';
import { USUAL_LIMITS } from '../../src/server/operations/desk-limits.js';
import { priceOf } from '../../src/server/operations/operation-price.js';
import { consoleDocuments } from './console-documents.js';

/** The most that the console asks for at a time: rows of advice to look at, and days of a year. */
const WIDEST: Readonly<Record<string, string | number>> = { first: 16, from: '2026-01-01', to: '2026-12-31' };

/** A value of a type, as wide as the console asks. */
function sampleOf(type: GraphQLInputType, name = ''): unknown {
  if (isNonNullType(type)) return sampleOf(type.ofType, name);
  if (isListType(type)) return [sampleOf(type.ofType, name)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type))
    return Object.fromEntries(
      Object.values(type.getFields())
        .filter((field) => isNonNullType(field.type) && field.defaultValue === undefined)
        .map((field) => [field.name, sampleOf(field.type, field.name)]),
    );
  if (WIDEST[name] !== undefined) return type.name === 'DateTime' ? `${WIDEST[name]}T00:00:00Z` : WIDEST[name];
  const plain: Readonly<Record<string, unknown>> = {
    Int: 1,
    Float: 1,
    Boolean: true,
    Date: '2026-01-01',
    DateTime: '2026-01-01T00:00:00Z',
  };
  return plain[type.name] ?? '018f0000-0000-7000-8000-000000000001';
}

describe('What the console asks', () => {
  let schema: GraphQLSchema;
  beforeAll(async () => {
    schema = await graphqlSchema();
  });

  it('leaves three tenths of what the service takes at most: a field more does not close a page', () => {
    const priced = consoleDocuments().flatMap(({ document }) =>
      document.definitions
        .filter((each): each is OperationDefinitionNode => each.kind === Kind.OPERATION_DEFINITION)
        .map((operation) => {
          const variables = Object.fromEntries(
            (operation.variableDefinitions ?? []).map(({ variable, type }) => [
              variable.name.value,
              sampleOf(typeFromAST(schema, type as never) as GraphQLInputType, variable.name.value),
            ]),
          );
          return { name: operation.name?.value, ...priceOf(schema, { document, operation, variables }) };
        }),
    );
    expect(priced.filter(({ price }) => price === 0)).toEqual([]); // what has no price is not valid
    expect(priced.filter(({ price }) => price > USUAL_LIMITS.price * 0.7)).toEqual([]);
  });
});
