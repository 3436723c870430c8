import { describe, expect, it } from '@jest/globals';
import { getNamedType, type GraphQLField, isAbstractType, isObjectType, isRequiredArgument, parse, type GraphQLObjectType } from 'graphql';
import { consoleDocuments } from '../../bench/console-documents.js';
import { PERSON, SHOWS } from '../../src/schema/of-person.js';
import { graphqlSchema } from '../../src/server/graphql-schema.js';
import { questionOf, showsNoPerson } from '../../src/server/operations/shown-to-all.js';
import { anyLiteral, operationFor, walkFields } from '../support/schema-walk.js';

const schema = await graphqlSchema();
const fields = walkFields(schema);
const queries = fields.filter(({ root }) => root !== 'mutation');
const textOf = (found: (typeof fields)[number]): string =>
  operationFor(found, (_field, each) => (isRequiredArgument(each) ? anyLiteral(each) : undefined));
const askedBy = (found: (typeof fields)[number], rights: string | undefined = 'viewer'): string | undefined =>
  questionOf({ schema, document: parse(textOf(found)) }, rights);

/** Whether a field says, by its own marks or its types', that persons are shown. */
function marked(field: GraphQLField<unknown, unknown>): boolean {
  if (field.extensions[SHOWS] !== undefined || field.extensions['personalArguments'] !== undefined) return true;
  const named = getNamedType(field.type);
  const types = isAbstractType(named) ? schema.getPossibleTypes(named) : isObjectType(named) ? [named] : [];
  return types.some(ofPerson);
}

function ofPerson(type: GraphQLObjectType): boolean {
  const mark = type.extensions[PERSON];
  if (mark !== 'PAGE') return typeof mark === 'function' || mark === 'PART';
  return ['nodes', 'node'].some((name) => {
    const node = getNamedType(type.getFields()[name]?.type ?? type);
    return isObjectType(node) && node !== type && ofPerson(node);
  });
}

describe('an answer for several callers', () => {
  const shown = queries.filter(({ path }) => path.some(marked));
  const free = queries.filter(
    ({ path, field }) => !path.some(marked) && textOf({ name: '', field, path, root: 'query', members: [] }) !== '',
  );

  it.each(shown.map((found) => [found.name, found] as const))('is not had by a field on whose way a person is shown: %s', (_, found) => {
    expect(askedBy(found)).toBeUndefined();
  });

  it('is had by many fields on whose way none is', () => {
    const had = free.filter((found) => askedBy(found) !== undefined);
    expect(had.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Query.nights', 'Query.runs', 'Run.progress', 'Query.systemStatus']),
    );
    expect(had.length).toBeGreaterThan(100);
    expect(shown.length).toBeGreaterThan(50);
  });

  it.each(fields.filter(({ root }) => root === 'mutation').map((found) => [found.name, found] as const))(
    'is had by no order: %s',
    (_, found) => {
      expect(askedBy(found)).toBeUndefined();
    },
  );

  it('is had only where the caller’s rights are known, and by the same text, variables and rights', () => {
    const document = parse('query ($first: Int!) { runs(first: $first) { nodes { id } } }');
    const of = (rights: string | undefined, first: number): string | undefined =>
      questionOf({ schema, document, variableValues: { first } }, rights);
    expect(of(undefined, 1)).toBeUndefined();
    expect(of('viewer', 1)).toBe(of('viewer', 1));
    expect(new Set([of('viewer', 1), of('admin', 1), of('viewer', 2)]).size).toBe(3);
  });

  it('is not had by a text that is very long', () => {
    const document = parse(`{ runs { nodes { id } } } #${'x'.repeat(20_000)}`);
    expect(questionOf({ schema, document }, 'viewer')).toBeUndefined();
  });

  it('is had by what the console asks while a run goes on', () => {
    const text = consoleDocuments();
    for (const name of ['Night', 'Run', 'Runs', 'Nights', 'System', 'Failures', 'Shell', 'Changes', 'Follow'])
      expect([name, showsNoPerson(schema, parse(text(name)))]).toEqual([name, true]);
    for (const name of ['Outcomes', 'PatientDays']) expect([name, showsNoPerson(schema, parse(text(name)))]).toEqual([name, false]);
  });
});
