/** ms that the process may work without looking for what else has come. */
const SLICE_MS = 10;

const waiting: (() => void)[] = [];
let turnBegan: number | undefined;

/**
 * Waits for a turn of the process's one thread. At once while this round of the event loop is young; else in a later round, after whatever arrived in
 * the meantime, such as a question whether the process lives.
 */
export function takeTurn(): Promise<void> {
  if (turnBegan === undefined) {
    turnBegan = performance.now();
    setImmediate(nextTurn);
  }
  if (waiting.length === 0 && performance.now() - turnBegan < SLICE_MS) return DONE;
  return new Promise((resolve) => waiting.push(resolve));
}

const DONE = Promise.resolve();

function nextTurn(): void {
  const next = waiting.shift();
  turnBegan = next === undefined ? undefined : performance.now();
  if (next === undefined) return;
  setImmediate(nextTurn);
  next();
}
