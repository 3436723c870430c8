import {
  type GraphQLInputType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isRequiredInputField,
  type GraphQLInputObjectType,
} from 'graphql';

/** A value that a client may send, and what it is. */
export interface Tried {
  readonly what: string;
  readonly value: unknown;
}

/** A value that is right for an argument or input field, by its name; it makes the rest of an operation valid. */
export type Samples = Readonly<Record<string, unknown>>;

const LONG = 'x'.repeat(20_000);

/** Least, most and odd values of the scalars. What is not there is tried as text. */
const SCALARS: Readonly<Record<string, readonly unknown[]>> = {
  Int: [-2_147_483_648, 2_147_483_647, 0, -1, 1, 1.5, '7', 4_294_967_296, 1e300, true, [], {}],
  Float: [-1.7976931348623157e308, 1.7976931348623157e308, 5e-324, 0, -1, '7', {}],
  Boolean: [false, true, 0, 'true', {}],
  String: ['', LONG, ' ', '\u0000', '\ud800', "'; drop table batch.event; --", '%', '\n', '\u202e', '🙂', 7, {}],
  ID: ['', LONG, '\u0000', '0', '-1', '9223372036854775807', '9223372036854775808', '1e3', 7, -1, {}],
  UUID: [
    '00000000-0000-0000-0000-000000000000',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
    'FFFFFFFF-FFFF-4FFF-8FFF-FFFFFFFFFFFF',
    '{018f0000-0000-7000-8000-000000000001}',
    'urn:uuid:018f0000-0000-7000-8000-000000000001',
    '018f00000000700080000000000000ab',
    '', 'x', '\u0000', LONG, 7, {},
  ], // prettier-ignore
  Date: [
    '1900-01-01', '1900-01-05', '9999-12-31', '9999-12-20', '1899-12-31', '0000-01-01', '0001-01-01', '+275760-09-13', '-000001-01-01', '2026-02-30', '2026-2-3',
    '2026-03-01T00:00:00Z', '२०२६-०३-०१', '', '\u0000', LONG, 20_260_301, {},
  ], // prettier-ignore
  DateTime: [
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59.999Z',
    '2026-02-30T00:00:00Z',
    '2026-03-01T24:00:00Z',
    '',
    '\u0000',
    LONG,
    0,
    8.64e15,
    {},
  ],
};
const MONTHS = ['0000-00', '0000-01', '0001-01', '1900-01', '9999-12', '2026-13', '2026-00', '2026-1', '26-01', '2026-03-01', '+12026-03'];

/** Everything that is tried at a place of a type. `name` is the argument's or field's: some texts have a form of their own. */
export function triedValues(type: GraphQLInputType, name: string, samples: Samples): Tried[] {
  const nullable = getNullableType(type);
  return [{ what: 'null', value: null }, ...valuesOf(nullable, name, samples)];
}

function valuesOf(type: GraphQLInputType, name: string, samples: Samples): Tried[] {
  if (isListType(type)) return listsOf(type.ofType, name, samples);
  if (isInputObjectType(type)) return objectsOf(type, samples);
  if (isEnumType(type)) {
    const words = type.getValues().map((value) => value.name);
    return [...words, ...words.map((word) => word.toLowerCase()), 'NOPE', '', 0].map(shown);
  }
  const texts = name === 'month' ? MONTHS : [];
  return [...texts, ...(SCALARS[String(type)] ?? SCALARS['String'] ?? [])].map(shown);
}

function listsOf(item: GraphQLInputType, name: string, samples: Samples): Tried[] {
  const each = valuesOf(getNullableType(item), name, samples);
  const [usual] = each.filter(({ value }) => typeof value === 'number' || (typeof value === 'string' && value.length < 50));
  return [
    shown([]),
    shown([null]),
    { what: 'a list of 10,001', value: Array.from({ length: 10_001 }, () => usual?.value) },
    { what: 'a list of 10,001 different figures', value: Array.from({ length: 10_001 }, (_, at) => at) },
    ...each.map(({ what, value }) => ({ what: `[${what}]`, value: [value] })),
  ];
}

/** Each field of an input object in turn with each of its values, the others as they should be. */
function objectsOf(type: GraphQLInputObjectType, samples: Samples): Tried[] {
  const usual = sampleObject(type, samples);
  const fields = Object.values(type.getFields());
  const tried = fields.flatMap((field) =>
    triedValues(field.type, field.name, samples).map(({ what, value }) => ({
      what: `{${field.name}: ${what}}`,
      value: { ...usual, [field.name]: value },
    })),
  );
  const nulls = Object.fromEntries(fields.map((field) => [field.name, null]));
  return [shown({}), { what: 'every field null', value: nulls }, { what: 'a field that is none', value: { ...usual, nope: 1 } }, ...tried];
}

/** An input object with what it must have. @throws when a required field has no sample */
export function sampleObject(type: GraphQLInputObjectType, samples: Samples): Record<string, unknown> {
  const usual = { ...(samples[type.name] as object | undefined) } as Record<string, unknown>;
  for (const field of Object.values(type.getFields())) {
    if (!isRequiredInputField(field) || field.name in usual) continue;
    if (!(field.name in samples)) throw new Error(`there is no sample of ${type.name}.${field.name}: give one by its name`);
    usual[field.name] = samples[field.name];
  }
  return usual;
}

function shown(value: unknown): Tried {
  const text = JSON.stringify(value);
  return { what: text.length > 60 ? `${text.slice(0, 20)}… (${text.length})` : text, value };
}
