import {
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isObjectType,
  getNamedType,
  isAbstractType,
} from 'graphql';
import { PERSON, type PersonOf, type PersonsShown, SHOWS } from '../../schema/of-person.js';
import { askedFields, askedOfNodes } from './asked-fields.js';
import { operationOf } from './govern-schema.js';
import type { Operation } from './operation.js';
import { refusedOrder } from './refused-orders.js';

/** What a field gave, and how it was asked. */
interface Given {
  readonly operation: Operation;
  readonly value: unknown;
  readonly source: unknown;
  readonly args: Readonly<Record<string, unknown>>;
  readonly info: GraphQLResolveInfo;
}
type Note = (given: Given) => void;
type Resolve = GraphQLFieldResolver<unknown, unknown>;

/**
 * Makes every field that gives objects of persons, a page of them, or persons' ids, note with its operation which persons it showed, and what was asked of them. Which fields
 * these are follows from the marks of the types: a new field is noted without anybody thinking of it. So is a mutation that can name persons, where it refuses.
 */
export function recordReads(schema: GraphQLSchema): GraphQLSchema {
  for (const type of objectTypesOf(schema)) {
    // The field that gave the page has noted its nodes.
    if (type.extensions[PERSON] === 'PAGE') continue;
    for (const field of Object.values(type.getFields())) {
      const notes = notesOf(schema, type, field);
      if (notes.length > 0) field.resolve = noting(field, notes);
    }
  }
  return schema;
}

/** Whether a field notes the persons that it shows. */
export function isNoted(schema: GraphQLSchema, type: GraphQLObjectType, field: GraphQLField<unknown, unknown>): boolean {
  return notesOf(schema, type, field).length > 0;
}

function notesOf(schema: GraphQLSchema, type: GraphQLObjectType, field: GraphQLField<unknown, unknown>): readonly Note[] {
  const shows = field.extensions[SHOWS] as PersonsShown | undefined;
  const objects = objectsOf(schema, field);
  const byName = new Map(objects.flatMap((object) => [noteOfObjects(object), noteOfPage(object)].flatMap((note) => (note ? [[object.name, note] as const] : [])))); // prettier-ignore
  const [only] = byName.values();
  const ofObjects: Note | undefined =
    objects.length === 1 ? only : byName.size > 0 ? (given) => byName.get(nameOf(given.value))?.(given) : undefined;
  const refused = type === schema.getMutationType() ? refusedOrder(schema, field) : undefined;
  const ofField = [shows, refused].flatMap((persons) => (persons ? [noteOfField(`${type.name}.${field.name}`, persons)] : []));
  return [...(ofObjects ? [ofObjects] : []), ...ofField];
}

function noteOfObjects(type: GraphQLObjectType): Note | undefined {
  const person = personOf(type);
  return person && (({ operation, value, info }) => noteAll({ operation, what: type.name, person, fields: () => askedFields(info, type) }, listed(value))); // prettier-ignore
}

/** A page of objects of persons. */
function noteOfPage(type: GraphQLObjectType): Note | undefined {
  const node = type.extensions[PERSON] === 'PAGE' ? nodeTypeOf(type) : undefined;
  const person = node && personOf(node);
  return person && (({ operation, value, info }) => noteAll({ operation, what: node.name, person, fields: () => askedOfNodes(info, node) }, nodesOf(value))); // prettier-ignore
}

function noteOfField(what: string, shows: PersonsShown): Note {
  return ({ operation, args, value, source }) => {
    operation.seen.saw(what, [], shows({ args, value, source }) ?? []);
  };
}

interface Noted {
  readonly operation: Operation;
  readonly what: string;
  readonly person: PersonOf<object>;
  readonly fields: () => readonly string[];
}

function noteAll({ operation, what, person, fields }: Noted, objects: readonly object[]): void {
  const userIds = objects.map(person).filter((userId) => userId !== null);
  if (userIds.length > 0) operation.seen.saw(what, fields(), userIds);
}

function noting({ name, resolve }: GraphQLField<unknown, unknown>, notes: readonly Note[]): Resolve {
  return (source, args, context, info) => {
    const operation = operationOf(context);
    const note = (value: unknown): unknown => {
      if (!operation.isOver) for (const each of notes) each({ operation, value, source, args, info });
      return value;
    };
    const value: unknown = resolve === undefined ? (source as Record<string, unknown>)[name] : resolve(source, args, context, info);
    return value instanceof Promise ? value.then(note) : note(value);
  };
}

function nodeTypeOf(page: GraphQLObjectType): GraphQLObjectType | undefined {
  const { nodes, node } = page.getFields();
  let type: unknown = (nodes ?? node)?.type;
  while (typeof type === 'object' && type !== null && 'ofType' in type) type = type.ofType;
  return isObjectType(type) ? type : undefined;
}

function nodesOf(page: unknown): readonly object[] {
  return (page as { readonly nodes?: readonly object[] } | null | undefined)?.nodes ?? [];
}

function listed(value: unknown): readonly object[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.filter((each) => typeof each === 'object' && each !== null);
}

function nameOf(value: unknown): string {
  return (value as object | null | undefined)?.constructor.name ?? '';
}

/** Object types of a schema, those of introspection apart. */
export function objectTypesOf(schema: GraphQLSchema): GraphQLObjectType[] {
  return Object.values(schema.getTypeMap()).filter((type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'));
}

/** How the person is found that an object of a type belongs to; undefined for a type without persons. */
function personOf({ extensions }: GraphQLObjectType): PersonOf<object> | undefined {
  const mark = extensions[PERSON];
  return typeof mark === 'function' ? (mark as PersonOf<object>) : undefined;
}

/** The object types that a field may give. */
function objectsOf(schema: GraphQLSchema, { type }: Pick<GraphQLField<unknown, unknown>, 'type'>): readonly GraphQLObjectType[] {
  const named = getNamedType(type);
  if (isAbstractType(named)) return schema.getPossibleTypes(named);
  return isObjectType(named) ? [named] : [];
}

/**
 * Sees that every object type says whose data it holds, and that what is a part of a person is reached through objects of persons alone.
 * @throws naming the types; a schema that does not say which persons it shows is not served
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
