/** An input without the fields that are null or not given: GraphQL sends null where a field is left empty on purpose, and it means the same as absent. */
export function withoutNulls<T extends object>(input: T): T {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null && value !== undefined)) as T;
}
