import type { ValidationRule } from 'graphql';
import type { OperationDesk } from '../operations/operation-desk.js';
import type { OperationRunner } from '../operations/operation-runner.js';
import type { Turns } from './turns.js';
import type { ErrorDesk } from './unexpected-errors.js';

/** What every operation must pass on any transport, what runs it, and where its errors go. */
export interface OperationEntry<Ctx> {
  readonly rules: readonly ValidationRule[];
  readonly run: OperationRunner<Ctx>;
  readonly errors: ErrorDesk;
  /** Counts the connections that stay open. */
  readonly desk: OperationDesk;
  /** The caller of a connection, by its context. */
  readonly callerOf: (context: Ctx) => string;
  /** In which requests begin, of every transport. */
  readonly turns: Turns;
}
