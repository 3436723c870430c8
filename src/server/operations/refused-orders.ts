import { getNamedType, type GraphQLField, type GraphQLInputType, type GraphQLSchema, isInputObjectType, isObjectType } from 'graphql';
import { MAX_USER_IDS } from '../../domain/run/decide-request.js';
import type { PersonsShown } from '../../schema/of-person.js';

/** Names of arguments and of fields of inputs that name persons. */
const NAMES_PERSONS = new Set(['userId', 'userIds']);

type Path = readonly string[];

/**
 * The persons that a refused order names; undefined for an order that can name none. Why it is refused may tell of them: that one has no open account, or no outcome
 * of a kind. An order that is taken needs no such record: the log has it, with its caller and the persons that it names. One that names more than an order takes is
 * refused before anyone is looked up.
 */
export function refusedOrder(schema: GraphQLSchema, { args }: Pick<GraphQLField<unknown, unknown>, 'args'>): PersonsShown | undefined {
  const paths = args.flatMap(({ name, type }) => pathsTo(name, type));
  if (paths.length === 0) return undefined;
  return (given) => {
    if (!isRefusal(schema, given.value)) return undefined;
    const named = paths.flatMap((path) => idsAt(given.args, path));
    return named.length > MAX_USER_IDS ? undefined : named;
  };
}

function pathsTo(name: string, type: GraphQLInputType, above: Path = []): Path[] {
  const path = [...above, name];
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return NAMES_PERSONS.has(name) ? [path] : [];
  return Object.values(named.getFields()).flatMap((field) => pathsTo(field.name, field.type, path));
}

function idsAt(args: unknown, path: Path): readonly number[] {
  let at = args;
  for (const name of path) at = (at as Readonly<Record<string, unknown>> | null | undefined)?.[name];
  return ([at].flat() as readonly unknown[]).filter((id) => typeof id === 'number');
}

function isRefusal(schema: GraphQLSchema, value: unknown): boolean {
  const type = schema.getType((value as object | null | undefined)?.constructor.name ?? '');
  return isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Error');
}
