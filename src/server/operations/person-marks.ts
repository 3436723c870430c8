import { getNamedType, type GraphQLField, type GraphQLObjectType, type GraphQLSchema, isAbstractType, isObjectType } from 'graphql';
import { PERSON, type PersonOf } from '../../schema/of-person.js';

/** Object types of a schema, those of introspection apart. */
export function objectTypesOf(schema: GraphQLSchema): GraphQLObjectType[] {
  return Object.values(schema.getTypeMap()).filter((type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'));
}

/** How the person is found that an object of a type belongs to; undefined for a type of nobody. */
export function personOf({ extensions }: GraphQLObjectType): PersonOf<object> | undefined {
  const mark = extensions[PERSON];
  return typeof mark === 'function' ? (mark as PersonOf<object>) : undefined;
}

/** The object types that a field may give. */
export function objectsOf(schema: GraphQLSchema, { type }: Pick<GraphQLField<unknown, unknown>, 'type'>): readonly GraphQLObjectType[] {
  const named = getNamedType(type);
  if (isAbstractType(named)) return schema.getPossibleTypes(named);
  return isObjectType(named) ? [named] : [];
}

/**
 * Sees that every object type says whose data it holds, and that what is a part of a person is reached through objects of persons alone.
 * @throws naming the types; a schema of which nobody can say whom it shows is not served
 */
export function requirePersonMarks(schema: GraphQLSchema): GraphQLSchema {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const types = objectTypesOf(schema);
  const unmarked = types.filter((type) => !roots.includes(type) && type.extensions[PERSON] === undefined);
  if (unmarked.length > 0)
    throw new Error(
      `types that do not say whose data they hold: ${unmarked.map(({ name }) => name).join(', ')}. Declare them as ObjectOfPerson, PartOfPerson or ObjectOfNobody`,
    );
  const pages = types.filter((type) => 'pageInfo' in type.getFields() && type.extensions[PERSON] !== 'PAGE');
  if (pages.length > 0) throw new Error(`pages of lists that are not declared as PageOfNodes: ${pages.map(({ name }) => name).join(', ')}`);
  const loose = types.filter((type) => !belongs(type)).flatMap((type) => Object.values(type.getFields())
    .filter((field) => objectsOf(schema, field).some(({ extensions }) => extensions[PERSON] === 'PART')).map(({ name }) => `${type.name}.${name}`)); // prettier-ignore
  if (loose.length > 0)
    throw new Error(
      `fields that give a part of a person without the person: ${loose.join(', ')}. Declare the part's type as ObjectOfPerson`,
    );
  return schema;
}

function belongs({ extensions }: GraphQLObjectType): boolean {
  return typeof extensions[PERSON] === 'function' || extensions[PERSON] === 'PART';
}
