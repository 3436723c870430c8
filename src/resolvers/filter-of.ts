import { BAD_INPUTS } from './bad-input-words.js';
import { badInput } from './bad-input.js';

/** Most different values that one list of a filter may hold: as many users as a run takes. */
const MAX_VALUES = 10_000;

/** A client's filter: what is null narrows nothing, and what stands in a list twice counts once. @throws BAD_USER_INPUT for a list that no statement should take */
export function filterOf<T extends object>(filter: T | null | undefined): T {
  const given = Object.entries(withoutNulls(filter ?? {})).map(([name, value]) => [name, isList(value) ? different(name, value) : value]);
  return Object.fromEntries(given) as T;
}

function different(name: string, values: readonly unknown[]): readonly unknown[] {
  const found = [...new Set(values)];
  if (found.length <= MAX_VALUES) return found;
  throw badInput('filter', BAD_INPUTS.tell('VALUES', { field: name, most: MAX_VALUES, found: found.length }));
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** An input without the fields that are null or not given: GraphQL sends null where a field is left empty on purpose, and it means the same as absent. */
export function withoutNulls<T extends object>(input: T): T {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null && value !== undefined)) as T;
}
