import { DONE, GONE } from './desk-refusals.js';
import type { Operation } from './operation.js';

/** An operation that may run, until it is closed. */
export interface Admitted {
  readonly operation: Operation;
  close(): void;
}

/** Lets an operation run until its client has gone, or it is closed. @param onClose gives back what it had */
export function admittedUntil(operation: Operation, signal: AbortSignal | undefined, onClose: () => void): Admitted {
  const leave = (): void => operation.stop(GONE);
  signal?.addEventListener('abort', leave, { once: true });
  if (signal?.aborted === true) leave();
  return {
    operation,
    close() {
      signal?.removeEventListener('abort', leave);
      operation.stop(DONE);
      onClose();
    },
  };
}
