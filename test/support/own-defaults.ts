import {
  getNamedType,
  getNullableType,
  type GraphQLArgument,
  type GraphQLInputField,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { type FieldPlace, literal, type VariableOf } from './schema-places.js';
import { type Samples, sampleObject } from './schema-values.js';

/** An argument of a place, and what the place needs besides. */
export interface ArgumentOf {
  readonly place: FieldPlace;
  readonly arg: GraphQLArgument;
  readonly usual: Readonly<Record<string, unknown>>;
  readonly others: readonly VariableOf[];
}

/**
 * A variable with a default of its own may stand where null is not taken, and be null all the same: as the argument, as an item of a list, as a field of an
 * input object or an item there. Each of them with null, and left out.
 */
export function ownDefaults({ place, arg, usual, others }: ArgumentOf, samples: Samples) {
  const type = getNullableType(arg.type);
  const object: Record<string, unknown> = isInputObjectType(type) ? sampleObject(type, samples) : {};
  const within = (name: string, text: string): string => {
    const rest = Object.entries(object).filter(([key]) => key !== name);
    return `{ ${[...rest.map(([key, value]) => `${key}: ${literal(value)}`), `${name}: ${text}`].join(', ')} }`;
  };
  const inner = isInputObjectType(type) ? Object.values(type.getFields()) : [];
  const spots = [
    ...spotsOf(arg, usual[arg.name], arg.name),
    ...inner.flatMap((field) =>
      spotsOf(field, object[field.name], arg.name).map((spot) => ({ ...spot, literal: within(field.name, spot.literal) })),
    ),
  ];
  return spots.flatMap((spot) =>
    [null, undefined].map((value) => ({
      place,
      what: `${spot.literal} of ${spot.type} = ${String(value)}`,
      document: place.document([...others, { arg, ...spot }]),
      variables: { ...usual, [arg.name]: value },
    })),
  );
}

/** How a variable with a default fills an argument or field that takes no null, or a list whose items are never null. */
function spotsOf({ type, defaultValue }: GraphQLArgument | GraphQLInputField, sample: unknown, variable: string) {
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const item = getNamedType(nullable);
    const fallback = isEnumType(item) ? item.getValues()[0]?.name : String(item) === 'Int' ? '1' : '"x"';
    return isInputObjectType(item) ? [] : [{ type: `${item.name} = ${fallback}`, literal: `[$${variable}]` }];
  }
  if (!isNonNullType(type) || defaultValue !== undefined || sample === undefined) return [];
  return [{ type: `${String(nullable)} = ${literal(sample)}`, literal: `$${variable}` }];
}
