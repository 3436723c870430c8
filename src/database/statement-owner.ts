import { AsyncLocalStorage } from 'node:async_hooks';
import type pg from 'pg';

/** On whose behalf statements are sent, and what may end that. */
export interface StatementOwner {
  /** Of whose share of the connections it takes. */
  readonly caller: string;
  /** Where it waits for what others are busy with. */
  readonly lines: Lines;
  /** Waits for a place among the caller's statements. Resolves with how to give it back. @throws why the owner's work has ended */
  admit(): Promise<() => void>;
  /** Called once when the work ends before its time; at once when it has. @returns how to stop listening */
  onStopped(listener: () => void): () => void;
  /** Whether a part of the owner's work waits for its turn. */
  readonly waits: boolean;
  /** Calls back as soon as none waits any more. Not to be asked while none does. */
  whenAllWent(listener: () => void): void;
}

/** A connection that carries the statements of a caller's operation. */
export interface HeldConnection {
  readonly owner: StatementOwner;
  readonly pool: pg.Pool;
  /** Its session's number in PostgreSQL. */
  readonly pid: number;
  /** Over which the session can be looked at while its own connection is busy. */
  readonly looks: pg.Pool;
}

/** Whether what a connection carries stands before what waits in a line. */
export type IsBefore = (connection: HeldConnection) => boolean;

/** The lines in which an operation waits now: for a place, for a connection, or for an answer that another is asking for. */
export class Lines {
  private readonly entered = new Set<IsBefore>();

  /** Waits in a line. */
  async during<T>(isBefore: IsBefore, waiting: Promise<T>): Promise<T> {
    const entry: IsBefore = (connection) => isBefore(connection);
    this.entered.add(entry);
    try {
      return await waiting;
    } finally {
      this.entered.delete(entry);
    }
  }

  /** Whether it waits for what this connection carries. */
  areBehind(connection: HeldConnection): boolean {
    return [...this.entered].some((isBefore) => isBefore(connection));
  }
}

/** The operation of a caller whose statements are sent now; none for work of our own. */
export const statementOwner = new AsyncLocalStorage<StatementOwner | undefined>();
