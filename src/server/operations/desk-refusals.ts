import { GraphQLError } from 'graphql';
import { whole } from './operation.js';
import type { Price } from './price.js';

/** No client reads it: it has gone. */
export const GONE = new GraphQLError('The client went away.', { extensions: { code: 'OPERATION_ABANDONED' } });
/** No client reads it: nothing is left to read. */
export const DONE = new GraphQLError('The operation has ended.', { extensions: { code: 'OPERATION_ABANDONED' } });

/** Of an operation that may come to more than is taken. */
export function tooCostly({ price, dearest }: Price, limit: number): GraphQLError {
  const path = dearest.join('.');
  const most =
    path === '' ? 'No single list holds most of it: ask for fewer fields' : `Most of it lies in \`${path}\`: ask for fewer items there`;
  return new GraphQLError(
    `The operation may come to ${price < 1e15 ? whole(price) : 'more than 1,000,000,000,000,000'} values, and at most ${whole(limit)} are taken. ${most}, or send it in parts.`,
    {
      extensions: {
        code: 'OPERATION_TOO_COSTLY',
        price: Math.min(price, Number.MAX_SAFE_INTEGER),
        limit,
        dearest: path,
      },
    },
  );
}

/** Of an operation whose price cannot be found. */
export function tooComplex(): GraphQLError {
  return new GraphQLError(
    'The operation has fragments that are too entangled to find its price. Ask for the fields without fragments in fragments.',
    {
      extensions: { code: 'OPERATION_TOO_COMPLEX' },
    },
  );
}

/** Of a caller who has all places, or comes when all are taken. */
export function tooMany(what: string, { each, all }: { each: number; all: number }): GraphQLError {
  return new GraphQLError(
    `Too many ${what} are open: a caller may have ${each}, all together ${all}. End one, or try again a little later.`,
    {
      extensions: { code: 'TOO_MANY_OPERATIONS' },
    },
  );
}
