import {
  type DocumentNode,
  type ExecutionArgs,
  type FieldNode,
  getOperationAST,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
  OperationTypeNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { isNoted } from './record-reads.js';

/** Characters of a question that is compared with others: a longer one is not what pages ask. */
const MAX_LENGTH = 20_000;
/** A cache: what a question asks does not change. */
const known = new WeakMap<GraphQLSchema, WeakMap<DocumentNode, boolean>>();

/**
 * What an operation asks, with the rights of its caller, as a text: callers whose texts are equal may be given one answer. Undefined for an order, for an operation that
 * shows a person, since who read what of whom is recorded for each caller, and where a caller's rights are not known.
 */
export function questionOf(
  { schema, document, operationName, variableValues }: ExecutionArgs,
  rights: string | undefined,
): string | undefined {
  const text = document.loc?.source.body;
  const kind = getOperationAST(document, operationName)?.operation;
  if (rights === undefined || text === undefined || kind === undefined || kind === OperationTypeNode.MUTATION) return undefined;
  if (!showsNoPerson(schema, document)) return undefined;
  const question = JSON.stringify([rights, operationName ?? null, variableValues ?? {}, text]);
  return question.length <= MAX_LENGTH ? question : undefined;
}

/**
 * Whether no field of a document shows a person, whichever operation of it is asked for. It follows from what the types of the schema say of themselves (`of-person.ts`),
 * and from the arguments that hold a person's data: a new field is judged without a list of names.
 */
export function showsNoPerson(schema: GraphQLSchema, document: DocumentNode): boolean {
  const ofSchema = known.get(schema) ?? new WeakMap<DocumentNode, boolean>();
  known.set(schema, ofSchema);
  const found = ofSchema.get(document) ?? !asksOfPersons(schema, document);
  ofSchema.set(document, found);
  return found;
}

function asksOfPersons(schema: GraphQLSchema, document: DocumentNode): boolean {
  const types = new TypeInfo(schema);
  let isFound = false;
  const Field = ({ name }: FieldNode): void => {
    isFound ||= objectsOf(schema, types.getParentType()).some((type) => isEachOnesOwn(schema, type, name.value));
  };
  visit(document, visitWithTypeInfo(types, { Field }));
  return isFound;
}

function isEachOnesOwn(schema: GraphQLSchema, type: GraphQLObjectType, name: string): boolean {
  const field = type.getFields()[name];
  if (field === undefined) return false; // `__typename` and its like
  if (field.extensions['isSharedAlready'] === true) return true; // who comes while it is under way is given it, and need not wait for the next
  return field.extensions['personalArguments'] !== undefined || isNoted(schema, type, field);
}

function objectsOf(schema: GraphQLSchema, type: GraphQLNamedType | null | undefined): readonly GraphQLObjectType[] {
  if (isObjectType(type)) return [type];
  return isAbstractType(type) ? schema.getPossibleTypes(type) : [];
}
