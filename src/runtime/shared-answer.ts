/** ms for which an answer serves everybody who asks. */
const FRESH_MS = 1_000;

/**
 * A question that anybody may ask, as often as he likes, and that makes the database work: it is asked once at a time, and its answer, or what it failed
 * with, serves everybody who comes meanwhile and for `freshMs` after it is there.
 */
export function sharedAnswer<T>(ask: () => Promise<T>, freshMs = FRESH_MS): () => Promise<T> {
  let answer: Promise<T> | undefined;
  let freshUntil = 0;
  return () => {
    if (answer === undefined || performance.now() >= freshUntil) {
      freshUntil = Number.POSITIVE_INFINITY; // until it is there
      answer = Promise.resolve().then(ask);
      const settle = (): void => void (freshUntil = performance.now() + freshMs);
      answer.then(settle, settle);
    }
    return answer;
  };
}
