import { AsyncLocalStorage } from 'node:async_hooks';

/** On whose behalf statements are sent, and what may end that. */
export interface StatementOwner {
  /** Waits for a place among the caller's statements. Resolves with how to give it back. @throws why the owner's work has ended */
  admit(): Promise<() => void>;
  /** Called once when the work ends before its time; at once when it has. @returns how to stop listening */
  onStopped(listener: () => void): () => void;
  /** Whether a part of the owner's work waits for its turn. */
  readonly waits: boolean;
  /** Calls back as soon as none waits any more. Not to be asked while none does. */
  whenAllWent(listener: () => void): void;
}

/** The operation of a caller whose statements are sent now; none for work of our own. */
export const statementOwner = new AsyncLocalStorage<StatementOwner | undefined>();
