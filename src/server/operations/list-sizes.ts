import { getNamedType, getNullableType, type GraphQLField, type GraphQLSchema, isListType, isObjectType } from 'graphql';
import { ASKED, type AskedBy, type ListSize, MAX_ASKED } from '../../schema/list-size.js';

type Field = GraphQLField<unknown, unknown>;
type Arguments = Readonly<Record<string, unknown>>;

/** Arguments by which a caller says how many. */
const ASKING = ['first', 'count'] as const;

/** Whether what a field gives is a list. */
export function isListField({ type }: Field): boolean {
  return isListType(getNullableType(type));
}

/** How many a field is asked for by its arguments; undefined where nothing says so. */
export function askedOf(field: Field, args: Arguments): number | undefined {
  const asks = field.extensions['asks'] as AskedBy | undefined;
  const value = asks === undefined ? args[ASKING.find((name) => hasArgument(field, name)) ?? ''] : asks(args);
  // One beyond these bounds is refused by the field itself, whose words say what it takes.
  return typeof value === 'number' ? Math.max(0, Math.min(MAX_ASKED, Math.trunc(value))) : undefined;
}

/** How many items a list may hold. @param asked how many the field that led to the list's object was asked for */
export function sizeOf(field: Field, args: Arguments, asked: number): number {
  const most = field.extensions['most'] as ListSize | undefined;
  if (most === undefined) throw new Error(undeclared([field.name]));
  if (typeof most === 'function') return Math.max(0, most({ args, asked }));
  return most === ASKED ? (askedOf(field, args) ?? asked) : most;
}

/** How many plain fields one item of a field is worth. */
export function weightOf(field: Field): number {
  const weight: unknown = field.extensions['weight'];
  return typeof weight === 'number' ? weight : 1;
}

/**
 * Sees that every list of a schema says how many items it may hold, and that a field which leads to a list "as long as asked" can be asked.
 * @throws naming the fields; a schema of which it cannot be said what an operation comes to is not served
 */
export function requireListSizes(schema: GraphQLSchema): GraphQLSchema {
  const undeclaredFields: string[] = [];
  const unasked: string[] = [];
  for (const type of objectTypesOf(schema)) {
    for (const field of Object.values(type.getFields())) {
      if (isListField(field)) {
        if (field.extensions['most'] === undefined) undeclaredFields.push(`${type.name}.${field.name}`);
      } else if (!canBeAsked(field) && leadsToAskedList(field, schema)) unasked.push(`${type.name}.${field.name}`);
    }
  }
  if (undeclaredFields.length > 0) throw new Error(undeclared(undeclaredFields));
  if (unasked.length > 0)
    throw new Error(
      `fields that lead to a list as long as asked, and cannot be asked: ${unasked.join(', ')}. Give them \`first\`, or @Asks`,
    );
  return schema;
}

function objectTypesOf(schema: GraphQLSchema): ReturnType<typeof allObjectTypes> {
  return allObjectTypes(schema).filter(({ name }) => !name.startsWith('__'));
}

function allObjectTypes(schema: GraphQLSchema) {
  return Object.values(schema.getTypeMap()).filter(isObjectType);
}

function canBeAsked(field: Field): boolean {
  return field.extensions['asks'] !== undefined || ASKING.some((name) => hasArgument(field, name));
}

function leadsToAskedList({ type }: Field, schema: GraphQLSchema): boolean {
  const named = getNamedType(type);
  const objects = isObjectType(named) ? [named] : 'resolveType' in named ? schema.getPossibleTypes(named) : [];
  return objects.some((object) =>
    Object.values(object.getFields()).some((field) => field.extensions['most'] === ASKED && !canBeAsked(field)),
  );
}

function hasArgument(field: Field, name: string): boolean {
  return field.args.some((argument) => argument.name === name);
}

function undeclared(names: readonly string[]): string {
  return `lists without a size: ${names.join(', ')}. Put @Most(…) above each`;
}
