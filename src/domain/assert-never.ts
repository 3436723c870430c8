/** Ends a switch over a union: a new member does not compile until it is handled. Throws when reached with untyped data. */
export function assertNever(value: never): never {
  throw new TypeError(`unexpected ${JSON.stringify(value)?.slice(0, 100)}`);
}
