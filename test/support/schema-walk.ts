import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLSchema,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  getNullableType,
  isObjectType,
  type GraphQLObjectType,
  isRequiredArgument,
} from 'graphql';

type Field = GraphQLField<unknown, unknown>;

/** A field of the schema, and the shortest way to it from a root field. */
export interface Found {
  /** `Type.field`. */
  readonly name: string;
  readonly field: Field;
  /** From the root field to this one. */
  readonly path: readonly Field[];
  readonly root: 'query' | 'mutation' | 'subscription';
  /** Types of the union's members that lead on, where a step of the path gives a union. */
  readonly members: readonly (string | undefined)[];
}

/** Every field of every object type that a root field leads to, each once and by its shortest way. */
export function walkFields(schema: GraphQLSchema): Found[] {
  const found = new Map<string, Found>();
  const roots = [['query', schema.getQueryType()], ['mutation', schema.getMutationType()], ['subscription', schema.getSubscriptionType()]] as const; // prettier-ignore
  let edge: Found[] = roots.flatMap(([root, type]) => stepsOf(type ?? undefined, { path: [], members: [], root }));
  while (edge.length > 0) {
    const news = edge.filter(({ name }) => !found.has(name) && found.set(name, edge.find((each) => each.name === name) as Found));
    edge = news.flatMap(({ field, path, members, root }) => objectsOf(schema, field).flatMap((type) => stepsOf(type, { path, members: [...members, memberOf(field, type)], root }))); // prettier-ignore
  }
  return [...found.values()];
}

function stepsOf(type: GraphQLObjectType | undefined, { path, members, root }: Pick<Found, 'path' | 'members' | 'root'>): Found[] {
  const fields = Object.values(type?.getFields() ?? {});
  return fields.map((field) => ({ name: `${type?.name}.${field.name}`, field, path: [...path, field], members, root }));
}

function objectsOf(schema: GraphQLSchema, { type }: Field): readonly GraphQLObjectType[] {
  const named = getNamedType(type);
  if (isAbstractType(named)) return schema.getPossibleTypes(named);
  return isObjectType(named) ? [named] : [];
}

function memberOf({ type }: Field, member: GraphQLObjectType): string | undefined {
  return isAbstractType(getNamedType(type)) ? member.name : undefined;
}

/** Whether a field gives a list. */
export function isList({ type }: Field): boolean {
  return isListType(getNullableType(type));
}

/** An operation that asks for a field by its way. @param argument gives an argument as a literal, or undefined to leave it out */
export function operationFor(found: Found, argument: (field: Field, argument: GraphQLArgument) => string | undefined): string {
  const { path, members, root } = found;
  const text = path.reduceRight((inner, field, at) => {
    const args = field.args.flatMap((each) => {
      const value = argument(field, each);
      return value === undefined ? [] : [`${each.name}: ${value}`];
    });
    const member = members[at];
    const below = at === path.length - 1 ? leavesOf(field) : member === undefined ? inner : `... on ${member} { ${inner} }`;
    return `${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''}${below === '' ? '' : ` { ${below} }`}`;
  }, '');
  return `${root} { ${text} }`;
}

/** The fields of what a field gives that need nothing more; of a type without any, its name. */
export function leavesOf({ type }: Field): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  if (!isObjectType(named)) return '__typename';
  const leaves = Object.values(named.getFields()).filter(
    (each) => isLeafType(getNamedType(each.type)) && !isList(each) && !each.args.some(isRequiredArgument),
  );
  return leaves.length === 0 ? '__typename' : leaves.map(({ name }) => name).join(' ');
}

/** A literal for an argument that must be given, by its type; what it says does not matter for a price. */
export function anyLiteral({ type }: GraphQLArgument): string {
  const named = getNamedType(type);
  const literal: Readonly<Record<string, string>> = { UUID: `"018f0000-0000-7000-8000-000000000001"`, Date: '"2026-01-01"', String: '"text"', ID: '"1"', Boolean: 'false', Int: '1', Float: '1' }; // prettier-ignore
  const known = literal[named.name];
  if (known !== undefined) return known;
  if ('getValues' in named) return named.getValues()[0]?.name ?? 'null';
  if ('getFields' in named) {
    const fields = Object.values(named.getFields()).filter((each) => isNonNullType(each.type) && each.defaultValue === undefined);
    return `{ ${fields.map((each) => `${each.name}: ${anyLiteral(each)}`).join(', ')} }`;
  }
  if (named.name === 'DateTime') return '"2026-03-01T00:00:00Z"';
  throw new Error(`the walk knows no literal of ${named.name}: add one`);
}
