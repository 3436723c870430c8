/** ms that the process may work without looking for what else has come. */
const SLICE_MS = 10;
/** Pieces of work that go on in one round of the event loop, once they had to wait: each is short, and a round for each would be half of its time. */
const AT_ONCE = 4;

const waiting: (() => void)[] = [];
let roundBegan: number | undefined;

/**
 * Whether who goes on now should let others have the process's one thread first: it has worked for a while without looking for what else has come, such
 * as a question whether it lives. Then wait for `nextTurn`.
 */
export function isOthersTurn(): boolean {
  if (roundBegan === undefined) {
    roundBegan = performance.now();
    setImmediate(nextRound);
    return false;
  }
  return waiting.length > 0 || performance.now() - roundBegan > SLICE_MS;
}

/** Resolves in a later round of the event loop, in the order of asking. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => waiting.push(resolve));
}

function nextRound(): void {
  const now = waiting.splice(0, AT_ONCE);
  roundBegan = now.length === 0 ? undefined : performance.now();
  if (now.length > 0) setImmediate(nextRound);
  for (const goOn of now) goOn();
}
