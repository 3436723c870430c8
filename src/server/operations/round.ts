import { AsyncLocalStorage } from 'node:async_hooks';
import type { ExecutionResult } from 'graphql';
import type { HeldConnection, IsBefore } from '../../database/statement-owner.js';
import type { Admitted } from './admitted.js';
import { Departure } from './departure.js';
import type { Operation } from './operation.js';
import type { RoundPlaces } from './round-places.js';

/** Executes a question in a caller's context, for so many askers. @returns undefined for what is not the same for all: each asks it alone then */
export type Execute = (operation: Operation, askers: number) => Promise<ExecutionResult | undefined>;

/** A place in a round. */
export interface InRound {
  /** Undefined when there is no answer for all. Never rejects. */
  readonly answer: Promise<ExecutionResult | undefined>;
  /** Whether the answer waits for what a connection carries. */
  readonly isAskedOver: IsBefore;
  /** To be called by each, with or without the answer: what no asker wants any more is stopped. */
  leave(): void;
}

/** One execution, for all who joined before it began. */
export class Round {
  readonly answer = Promise.withResolvers<ExecutionResult | undefined>();
  /** How to execute it by the caller in whose name it is: each who joined can begin it, lest one who has no place keeps the others waiting. */
  private readonly beginners = new Map<string, Execute>();
  /** Over when the last asker has left. */
  private readonly all = new Departure();
  /** Over when no place is looked for any more. */
  private readonly placing = new Departure();
  private isOpen = false;
  private askers = 0;
  private operation: Operation | undefined;

  constructor(
    private readonly places: Pick<RoundPlaces, 'now' | 'later'>,
    private readonly on: { readonly begun: () => void; readonly abandoned: () => void },
  ) {}

  get size(): number {
    return this.askers;
  }

  join(caller: string, execute: Execute): InRound {
    this.askers += 1;
    if (!this.beginners.has(caller)) {
      const inContext = AsyncLocalStorage.snapshot();
      this.beginners.set(caller, (operation, askers) => inContext(execute, operation, askers));
      if (this.isOpen) this.beginNow(caller);
    }
    let isGone = false;
    return {
      answer: this.answer.promise,
      isAskedOver: (connection) => this.isAskedOver(connection),
      leave: () => {
        if (isGone) return;
        isGone = true;
        this.askers -= 1;
        if (this.askers === 0) this.abandon();
      },
    };
  }

  isAskedOver(connection: HeldConnection): boolean {
    if (this.operation === undefined) return this.beginners.has(connection.owner.caller);
    return isAskedBy(this.operation, connection);
  }

  /** Begins as soon as one of the callers has a place for it. */
  open(): void {
    this.isOpen = true;
    for (const caller of this.beginners.keys()) if (this.beginNow(caller)) return;
    const [first] = this.beginners.keys();
    if (first !== undefined) void this.beginLater(first);
  }

  private beginNow(caller: string): boolean {
    const admitted = this.places.now(caller, this.all);
    if (admitted !== undefined) void this.begin(caller, admitted);
    return admitted !== undefined;
  }

  private async beginLater(caller: string): Promise<void> {
    const onStopped = (listener: (reason: Error) => void): (() => void) =>
      this.placing.onLeft(() => listener(new Error('the round needs no place any more')));
    const admitted = await this.places.later(caller, this.all, { onStopped }).catch(() => undefined);
    if (admitted === undefined) return;
    if (this.placing.isOver) admitted.close();
    else await this.begin(caller, admitted);
  }

  private async begin(caller: string, admitted: Admitted): Promise<void> {
    this.isOpen = false;
    this.placing.leave();
    this.operation = admitted.operation;
    this.on.begun();
    const execute = this.beginners.get(caller);
    this.beginners.clear();
    try {
      this.answer.resolve(await execute?.(admitted.operation, this.askers));
    } catch {
      this.answer.resolve(undefined); // each finds out why by asking alone
    } finally {
      admitted.close();
    }
  }

  private abandon(): void {
    this.all.leave();
    this.placing.leave();
    this.on.abandoned();
    this.answer.resolve(undefined);
  }
}

/** Whether what an operation asks waits for what a connection carries. */
export function isAskedBy(operation: Operation, connection: HeldConnection): boolean {
  return connection.owner === operation || operation.lines.areBehind(connection);
}
