import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { GraphQLDateTime, GraphQLJSON, GraphQLUUID } from 'graphql-scalars';
import { isNestedTooDeep, MAX_DEPTH } from '../base/foreign-json.js';
import { parseLocalDate, type LocalDate } from '../domain/local-date.js';

function read(value: unknown): LocalDate {
  const date = dayOf(value);
  if (date !== undefined) return date;
  const found = JSON.stringify(value)?.slice(0, 40);
  throw new GraphQLError(`A Date is written "YYYY-MM-DD" and must be in the calendar, found ${found}.`, {
    extensions: { code: 'BAD_USER_INPUT', sentence: 'DAY', values: {} },
  });
}

function dayOf(value: unknown): LocalDate | undefined {
  return typeof value === 'string' ? parseLocalDate(value) : undefined;
}

/** What is written is what would be read. Without the value in the message: it is a fault of ours, and may be of a person. */
function write(value: unknown): LocalDate {
  const date = dayOf(value);
  if (date === undefined) throw new TypeError('a Date is a day in the calendar, and the answer held something else');
  return date;
}

/** A calendar day without a time: a record date or a target date. */
export const DateScalar = new GraphQLScalarType<LocalDate, string>({
  name: 'Date',
  description: 'A calendar day, `YYYY-MM-DD`, without a time or a zone.',
  serialize: write,
  parseValue: read,
  parseLiteral: (node) => read(node.kind === Kind.STRING ? node.value : undefined),
});

/** Years are written with four digits, as clients read them. */
const [FIRST, END] = [Date.UTC(1900, 0, 1), Date.UTC(10_000, 0, 1)];

/** An instant, ISO 8601 with its offset. */
export const DateTimeScalar = new GraphQLScalarType<Date, Date>({
  ...GraphQLDateTime.toConfig(),
  serialize: (value) => {
    const date = GraphQLDateTime.serialize(value);
    const at = date instanceof Date ? date.getTime() : Number.NaN;
    if (!(at >= FIRST && at < END)) throw new TypeError('a DateTime is an instant of four-digit years, and the answer held something else');
    return date;
  },
});
/** A UUID in its usual form. */
export const UuidScalar = GraphQLUUID;

/** Any JSON value. An answer is written by a recursion, which some thousand levels would end for all that stands beside them. */
export const JsonScalar = new GraphQLScalarType<unknown>({
  ...GraphQLJSON.toConfig(),
  serialize: (value) => {
    if (isNestedTooDeep(value)) throw new TypeError(`JSON has ${MAX_DEPTH} levels at most, and the answer held more`);
    return value;
  },
});
