import type { RestAnswer } from './rest-call.js';

/** Ends a call with an answer that is no success. */
export class RefusedCall extends Error {
  override readonly name = 'RefusedCall';

  constructor(readonly answer: RestAnswer) {
    super(`answered ${answer.status}`);
  }
}

/** A refusal as IBSafe's own views word one. */
export function refusedCall(status: number, error: string): RefusedCall {
  return new RefusedCall({ status, body: { error } });
}
