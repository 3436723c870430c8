/** Up to so many, searching a list costs less than a set. A day holds a dozen records. */
const FEW = 32;

/** For a list that may be long: what `isFirst` remembers of it. Undefined for the usual, short one. */
export function memoryFor(ids: readonly number[]): Set<number> | undefined {
  return ids.length > FEW ? new Set() : undefined;
}

/** Whether an id stands for the first time at its place in a list that is gone through from its beginning. */
export function isFirst(ids: readonly number[], at: number, memory: Set<number> | undefined): boolean {
  const id = ids[at] as number;
  if (memory === undefined) return ids.indexOf(id) === at;
  if (memory.has(id)) return false;
  memory.add(id);
  return true;
}
