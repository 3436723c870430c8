import type { ExecutionResult } from 'graphql';

/** For a result that is one caller's in any case. */
const untold = (): void => undefined;

/**
 * Results of events by what is asked of them: five thousand subscribers of one run are sent one result, which the first of them works out. It is held as long as
 * the event is.
 */
export class SameForAllResults {
  private readonly known = new WeakMap<object, Map<string, Promise<ExecutionResult | undefined>>>();

  /** The result of an event. @param make works it out, and tells when something asks who the caller is: then the result is that caller's own */
  async of(event: unknown, question: string, make: (onCaller: () => void) => Promise<ExecutionResult>): Promise<ExecutionResult> {
    if (typeof event !== 'object' || event === null) return make(untold);
    const ofEvent = this.known.get(event) ?? new Map<string, Promise<ExecutionResult | undefined>>();
    this.known.set(event, ofEvent);
    const shared = ofEvent.get(question);
    if (shared !== undefined) return (await shared) ?? make(untold);
    let isOwn = false;
    const made = make(() => (isOwn = true));
    // An error, and what was stopped since its subscriber left, is that subscriber's own.
    ofEvent.set(
      question,
      made.then(
        (result) => (result.errors === undefined && !isOwn ? result : undefined),
        () => undefined,
      ),
    );
    return made;
  }
}
