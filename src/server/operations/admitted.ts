import type { Departure } from './departure.js';
import { DONE, GONE } from './desk-refusals.js';
import type { Operation } from './operation.js';

/** An operation that may run, until it is closed. */
export interface Admitted {
  readonly operation: Operation;
  close(): void;
}

/** Lets an operation run until its client has gone, or it is closed. @param onClose gives back what it had */
export function admittedUntil(operation: Operation, client: Departure | undefined, onClose: () => void): Admitted {
  const forget = client?.onLeft(() => operation.stop(GONE));
  return {
    operation,
    close() {
      forget?.();
      operation.stop(DONE);
      onClose();
    },
  };
}
