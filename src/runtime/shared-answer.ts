/** ms for which an answer serves all callers. */
const FRESH_MS = 1_000;

/**
 * A question that each caller may ask at any time, and that makes the database work: it is asked once at a time, and its answer, or its failure, serves all
 * callers that come meanwhile and for `freshMs` after it is there.
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
