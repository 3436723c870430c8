import {
  type GraphQLArgument,
  type GraphQLField,
  getNamedType,
  getNullableType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isInputObjectType,
  isLeafType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import { type Samples, sampleObject } from './schema-values.js';

/** A field that takes arguments, and how one comes to it. */
export interface FieldPlace {
  /** `Type.field`, as the schema names it. */
  readonly name: string;
  readonly kind: 'query' | 'mutation' | 'subscription';
  readonly args: readonly GraphQLArgument[];
  /** The document that asks for the field with all of these arguments as variables of the same names. */
  document(args: readonly VariableOf[]): string;
}

/** An argument, and the type that its variable has. */
export interface VariableOf {
  readonly arg: GraphQLArgument;
  readonly type: string;
  /** What stands for it in the field's arguments. Default: the variable. */
  readonly literal?: string;
}

/** Every field of a schema that takes arguments. @throws for one that nobody can come to with these samples */
export function placesOf(schema: GraphQLSchema, samples: Samples): FieldPlace[] {
  const ways = waysFrom(schema, samples);
  const roots = new Map([
    [schema.getQueryType(), 'query'],
    [schema.getMutationType(), 'mutation'],
    [schema.getSubscriptionType(), 'subscription'],
  ] as const);
  return Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !type.name.startsWith('__'))
    .flatMap((type) => {
      const object = type as GraphQLObjectType;
      const kind = roots.get(object);
      const way = kind === undefined ? ways.get(object.name) : ['', ''];
      return Object.values(object.getFields())
        .filter(({ args, name }) => args.length > 0 && !(way === undefined && isTriedElsewhere(schema, ways, { object, name })))
        .map((field) => {
          if (way === undefined) throw new Error(`no query leads to ${object.name}, whose field ${field.name} takes arguments`);
          return placeOf(object, field, kind ?? 'query', way);
        });
    });
}

/** Whether a field is that of an interface, and another type of it can be come to: what is refused says why by one field, whatever was asked. */
function isTriedElsewhere(
  schema: GraphQLSchema,
  ways: ReadonlyMap<string, unknown>,
  { object, name }: { readonly object: GraphQLObjectType; readonly name: string },
): boolean {
  return object
    .getInterfaces()
    .filter((each) => Object.hasOwn(each.getFields(), name))
    .some((each) => schema.getPossibleTypes(each).some((other) => ways.has(other.name)));
}

function placeOf(
  object: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  kind: FieldPlace['kind'],
  way: readonly string[],
): FieldPlace {
  const [before = '', after = ''] = way;
  return {
    name: `${object.name}.${field.name}`,
    kind,
    args: field.args,
    document(args) {
      const variables = args.map(({ arg, type }) => `$${arg.name}: ${type}`).join(', ');
      const given = args.map(({ arg, literal: own }) => `${arg.name}: ${own ?? `$${arg.name}`}`).join(', ');
      const list = given === '' ? '' : `(${given})`;
      return `${kind} ${variables === '' ? '' : `(${variables})`} { ${before} place: ${field.name}${list} ${selectionOf(field.type)} ${after} }`;
    },
  };
}

/** The shortest way to each object type from the root, as the text before and after a selection. */
function waysFrom(schema: GraphQLSchema, samples: Samples): ReadonlyMap<string, readonly [string, string]> {
  const ways = new Map<string, readonly [string, string]>();
  const query = schema.getQueryType();
  const next: GraphQLObjectType[] = query == null ? [] : [query];
  for (let type = next.shift(); type !== undefined; type = next.shift()) {
    const [before, after] = ways.get(type.name) ?? ['', ''];
    for (const field of Object.values(type.getFields())) {
      const given = sampleArguments(`${type.name}.${field.name}`, field, samples);
      if (given === undefined) continue;
      for (const member of objectsOf(schema, field.type)) {
        if (ways.has(member.name) || member === query) continue;
        const narrowed = isAbstractType(getNamedType(field.type)) ? ([`... on ${member.name} {`, '}'] as const) : (['', ''] as const);
        ways.set(member.name, [`${before} ${field.name}${given} { ${narrowed[0]}`, `${narrowed[1]} } ${after}`]);
        next.push(member);
      }
    }
  }
  return ways;
}

function objectsOf(schema: GraphQLSchema, type: GraphQLOutputType): readonly GraphQLObjectType[] {
  const named = getNamedType(type);
  if (isObjectType(named)) return [named];
  return isAbstractType(named) ? schema.getPossibleTypes(named) : [];
}

/** The arguments a field must have, and `first: 1` so that a way to a thing is no wider than it must be; undefined where a sample is missing. */
function sampleArguments(name: string, { args }: GraphQLField<unknown, unknown>, samples: Samples): string | undefined {
  const given: string[] = [];
  for (const arg of args) {
    if (arg.name === 'first') given.push('first: 1');
    if (!isRequiredArgument(arg)) continue;
    const sample = sampleOf(name, arg, samples);
    if (sample === undefined) return undefined;
    given.push(`${arg.name}: ${literal(sample)}`);
  }
  return given.length === 0 ? '' : `(${given.join(', ')})`;
}

/** A value as GraphQL writes it; texts in capital letters are words of an enum. */
export function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{ ${Object.entries(value).map(([name, each]) => `${name}: ${literal(each)}`).join(', ')} }`; // prettier-ignore
  }
  return typeof value === 'string' && /^[A-Z][A-Z_]+$/.test(value) ? value : JSON.stringify(value);
}

/** Everything of a value that has no arguments, two objects deep, so that what was found is really read. */
function selectionOf(type: GraphQLOutputType, depth = 2): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  if (!isObjectType(named)) return '{ __typename }';
  const fields = Object.values(named.getFields()).filter(({ args, name }) => args.length === 0 && name !== 'edges');
  const inner = fields.filter((field) => isLeafType(getNamedType(field.type))).map(({ name }) => name);
  const deeper = depth < 2 ? [] : fields.filter(({ name }) => ['nodes', 'pageInfo', 'days'].includes(name));
  return `{ __typename ${[...inner, ...deeper.map((field) => `${field.name} ${selectionOf(field.type, depth - 1)}`)].join(' ')} }`;
}

/** The usual variables of a place: what its required arguments take. */
export function usualVariables(place: FieldPlace, samples: Samples): Record<string, unknown> {
  const required = place.args.filter((arg) => isRequiredArgument(arg));
  return Object.fromEntries(
    required.map((arg) => {
      const sample = sampleOf(place.name, arg, samples);
      if (sample === undefined)
        throw new Error(`there is no sample of ${place.name}.${arg.name}: give one by this name, or by the argument's`);
      return [arg.name, sample];
    }),
  );
}

function sampleOf(field: string, arg: GraphQLArgument, samples: Samples): unknown {
  const type = getNullableType(arg.type);
  const own = samples[`${field}.${arg.name}`];
  return own ?? (isInputObjectType(type) ? sampleObject(type, samples) : samples[arg.name]);
}

/** Each type a variable of an argument may have: its own and, where a default stands, the one that may be null. */
export function variableTypes({ type, defaultValue }: Pick<GraphQLArgument, 'type' | 'defaultValue'>): string[] {
  const own = String(type);
  return isNonNullType(type) && defaultValue !== undefined ? [own, String(getNullableType(type))] : [own];
}
