/** Where a value stands alone: no line leads to it or from it, so that only a point of its own shows it, as of a program that runs once a week. */
export function aloneIn(values: readonly (number | null | undefined)[]): number[] {
  const is = (at: number): boolean => values[at] != null;
  return [...values.keys()].filter((at) => is(at) && !is(at - 1) && !is(at + 1));
}
