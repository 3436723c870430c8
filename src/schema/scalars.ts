import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { GraphQLDateTime, GraphQLJSON, GraphQLUUID } from 'graphql-scalars';
import { parseLocalDate, type LocalDate } from '../domain/local-date.js';

function read(value: unknown): LocalDate {
  const date = typeof value === 'string' ? parseLocalDate(value) : undefined;
  if (date !== undefined) return date;
  const found = JSON.stringify(value)?.slice(0, 40);
  throw new GraphQLError(`A Date is written "YYYY-MM-DD" and must be in the calendar, found ${found}.`, {
    extensions: { code: 'BAD_USER_INPUT' },
  });
}

/** A calendar day without a time: a record date or a target date. */
export const DateScalar = new GraphQLScalarType<LocalDate, string>({
  name: 'Date',
  description: 'A calendar day, `YYYY-MM-DD`, without a time or a zone.',
  serialize: (value) => String(value),
  parseValue: read,
  parseLiteral: (node) => read(node.kind === Kind.STRING ? node.value : undefined),
});

/** An instant, ISO 8601 with its offset. */
export const DateTimeScalar = GraphQLDateTime;
/** A UUID in its usual form. */
export const UuidScalar = GraphQLUUID;
/** Any JSON value. */
export const JsonScalar = GraphQLJSON;
