import { AsyncLocalStorage } from 'node:async_hooks';
import type { ExecutionResult } from 'graphql';
import type { HeldConnection, IsBefore } from '../../database/statement-owner.js';
import type { Admitted } from './admitted.js';
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

/** ms between the beginnings of two rounds of one question for each asker of the first of them, and at most. */
const APART_MS = 4;
const MAX_APART_MS = 400;

/**
 * Rounds of questions. All who ask the same question before its next round begins are answered by that round, and a question has one round at a time: no answer is
 * older than the question. A caller who asks alone waits for no other.
 */
export class Rounds {
  private readonly questions = new Map<string, Question>();

  constructor(private readonly places: Pick<RoundPlaces, 'now' | 'later'>) {}

  /** Joins the next round of a question. @param caller who asks @param execute called if the round is begun in this caller's name */
  join(question: string, caller: string, execute: Execute): InRound {
    let found = this.questions.get(question);
    if (found === undefined) {
      found = new Question(this.places, () => this.questions.delete(question));
      this.questions.set(question, found);
    }
    return found.join(caller, execute);
  }

  /** Questions that are being answered, or were just now. */
  get size(): number {
    return this.questions.size;
  }
}

class Question {
  private next: Round | undefined;
  /** The round that was begun last: the next one waits for its end. */
  private last: Round | undefined;
  private isBusy = false;

  constructor(
    private readonly places: Pick<RoundPlaces, 'now' | 'later'>,
    private readonly onIdle: () => void,
  ) {}

  join(caller: string, execute: Execute): InRound {
    const isFirst = this.next === undefined;
    const round = (this.next ??= new Round(this.places, { begun: () => this.begin(round), abandoned: () => this.abandon(round) }));
    const place = round.join(caller, execute);
    if (isFirst && !this.isBusy) round.open();
    return { ...place, isAskedOver: (connection) => place.isAskedOver(connection) || this.last?.isAskedOver(connection) === true };
  }

  private begin(round: Round): void {
    this.next = undefined;
    this.last = round;
    this.isBusy = true;
    const beganAt = performance.now();
    const apartMs = Math.min(MAX_APART_MS, (round.size - 1) * APART_MS);
    void this.goOnAfter(round, beganAt + apartMs);
  }

  private async goOnAfter({ answer }: Round, notBefore: number): Promise<void> {
    await answer.promise;
    const restMs = notBefore - performance.now();
    if (restMs > 0) setTimeout(() => this.goOn(), restMs).unref();
    else this.goOn();
  }

  private abandon(round: Round): void {
    if (this.next !== round) return;
    this.next = undefined;
    if (!this.isBusy) this.onIdle();
  }

  private goOn(): void {
    this.isBusy = false;
    if (this.next === undefined) this.onIdle();
    else this.next.open();
  }
}

/** Why nothing of a round is waited for any more. One for all: without a reason each abort makes an error with a stack of its own, an eighth of what a small query took. */
const OVER = new Error('the round is over');

/** One execution, for all who joined before it began. */
class Round {
  readonly answer = Promise.withResolvers<ExecutionResult | undefined>();
  /** How to execute it by the caller in whose name it is: each who joined can begin it, lest one who has no place keeps the others waiting. */
  private readonly beginners = new Map<string, Execute>();
  /** Aborted when the last asker has left. */
  private readonly left = new AbortController();
  /** Aborted when no place is looked for any more. */
  private readonly placed = new AbortController();
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
    return connection.owner === this.operation || this.operation.lines.areBehind(connection);
  }

  /** Begins as soon as one of the callers has a place for it. */
  open(): void {
    this.isOpen = true;
    for (const caller of this.beginners.keys()) if (this.beginNow(caller)) return;
    const [first] = this.beginners.keys();
    if (first !== undefined) void this.beginLater(first);
  }

  private beginNow(caller: string): boolean {
    const admitted = this.places.now(caller, this.left.signal);
    if (admitted !== undefined) void this.begin(caller, admitted);
    return admitted !== undefined;
  }

  private async beginLater(caller: string): Promise<void> {
    const { signal } = this.placed;
    const onStopped = (listener: (reason: Error) => void): (() => void) => {
      const stop = (): void => listener(new Error('the round needs no place any more'));
      signal.addEventListener('abort', stop, { once: true });
      return () => signal.removeEventListener('abort', stop);
    };
    const admitted = await this.places.later(caller, this.left.signal, { onStopped }).catch(() => undefined);
    if (admitted === undefined) return;
    if (signal.aborted) admitted.close();
    else await this.begin(caller, admitted);
  }

  private async begin(caller: string, admitted: Admitted): Promise<void> {
    this.isOpen = false;
    this.placed.abort(OVER);
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
    this.left.abort(OVER);
    this.placed.abort(OVER);
    this.on.abandoned();
    this.answer.resolve(undefined);
  }
}
