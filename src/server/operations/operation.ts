import { GraphQLError } from 'graphql';
import { Lines, type StatementOwner } from '../../database/statement-owner.js';
import { nextTurn } from '../../database/governed-pool.js';
import { waitsForLock } from '../../database/held-connections.js';
import { SeenPersons } from '../../reads/seen-persons.js';
import { databaseLocked } from './database-limits.js';
import type { GiveBack, Places } from './places.js';

/** What one operation may use while it runs. */
export interface OperationLimits {
  /** Values that its answer may hold; its price is judged by the same figure before it runs. */
  readonly price: number;
  /** Characters of text in its answer. */
  readonly text: number;
  /** ms that it may take. */
  readonly deadlineMs: number;
}

/** Under this key an operation is found in its context, which Apollo copies with every property. */
export const OPERATION = Symbol('operation');

/**
 * An operation while it runs: what it has used of its budget, and whether it is over. Over is over: whatever asks on its behalf after that, a resolver or
 * a statement, is told so.
 */
export class Operation implements StatementOwner {
  private readonly listeners = new Set<(reason: GraphQLError) => void>();
  private reason: GraphQLError | undefined;
  private readonly whenQuiet: (() => void)[] = [];
  private waiting = 0;
  private failures = 0;
  private values = 0;
  private text = 0;
  private timer: NodeJS.Timeout | undefined;
  /** How often its time began, or stopped to count. */
  private periods = 0;

  constructor(
    readonly caller: string,
    private readonly limits: OperationLimits,
    private readonly statements: Places,
  ) {}

  /** Persons whose data it was given. */
  readonly seen = new SeenPersons();

  readonly lines = new Lines();

  /** Whether what it has done is told even when it is stopped. */
  isOrder = false;

  /** Begins to count the time. */
  begin(): void {
    const period = (this.periods += 1);
    this.timer = setTimeout(() => void this.late(period), this.limits.deadlineMs);
    this.timer.unref();
  }

  /** Ends what has had its time, with what kept it. A lock is seen only while a statement waits for it, so the look comes before the end. */
  private async late(period: number): Promise<void> {
    const isKept = await waitsForLock(this);
    if (period === this.periods) this.stop(isKept ? databaseLocked() : tooSlow(this.limits.deadlineMs));
  }

  /** Runs what must not be cut off, an order that was given: its time does not count. */
  async untimed<T>(work: () => Promise<T>): Promise<T> {
    clearTimeout(this.timer);
    this.periods += 1;
    try {
      return await work();
    } finally {
      if (this.reason === undefined) this.begin();
    }
  }

  /** Ends the operation, before its time or because it is done. What waits for it is told. */
  stop(reason: GraphQLError): void {
    if (this.reason !== undefined) return;
    this.reason = reason;
    clearTimeout(this.timer);
    for (const listener of this.listeners) listener(reason);
    this.listeners.clear();
  }

  /** Whether nothing more is to be done for it. */
  get isOver(): boolean {
    return this.reason !== undefined;
  }

  /**
   * What a field of an operation that is over gives: nothing, for ever. The part that ended it has answered in its place, and ten thousand errors would be made
   * in vain. An order must come to its end, and its fields fail. @throws why it is over
   */
  halt(): Promise<never> {
    if (this.isOrder) this.check();
    return new Promise(() => undefined);
  }

  /** @throws why the operation is over, when it is */
  check(): void {
    if (this.reason !== undefined) throw this.reason;
  }

  /** Lets others have the thread, when a part of this operation has come late in its round. */
  async turn(): Promise<void> {
    this.waiting += 1;
    await nextTurn();
    this.waiting -= 1;
    if (this.waiting === 0) for (const listener of this.whenQuiet.splice(0)) listener();
  }

  get waits(): boolean {
    return this.waiting > 0;
  }

  whenAllWent(listener: () => void): void {
    this.whenQuiet.push(listener);
  }

  /** Counts a field that failed: an error takes as long as a hundred values. */
  failed(): void {
    this.failures += 1;
    if (this.failures > MAX_FAILURES) this.outgrow(`more than ${MAX_FAILURES} errors`);
  }

  onStopped(listener: (reason: GraphQLError) => void): () => void {
    if (this.reason === undefined) this.listeners.add(listener);
    else listener(this.reason);
    return () => void this.listeners.delete(listener);
  }

  /** Counts values of the answer: each item of a list, and of what JSON holds. */
  took(values: number): void {
    this.values += values;
    if (this.values > this.limits.price) this.outgrow(`more than ${whole(this.limits.price)} values`);
  }

  /** Counts characters of the answer. */
  wrote(characters: number): void {
    this.text += characters;
    if (this.text > this.limits.text) this.outgrow(`more than ${whole(this.limits.text)} characters of text`);
  }

  /** What comes of work, or why the operation was over first: no client waits for an answer that takes too long. */
  async unlessStopped<T>(work: Promise<T>): Promise<T> {
    let forget: (() => void) | undefined;
    const stopped = new Promise<never>((_, reject) => {
      forget = this.onStopped(reject);
    });
    try {
      return await Promise.race([work, stopped]);
    } finally {
      forget?.();
    }
  }

  /** Told again by each part that is still on its way: an error is made for the first alone. */
  private outgrow(found: string): void {
    if (!this.isOver) this.stop(tooLarge(found));
  }

  async admit(): Promise<GiveBack> {
    this.check();
    const place = this.statements.take(this.caller, this);
    if (place === undefined) throw new Error('statements wait without a limit');
    return place instanceof Promise ? this.lines.during(({ owner }) => owner.caller === this.caller, place) : place;
  }
}

/** Fields of one operation that may fail. A caller is shown twenty. */
const MAX_FAILURES = 200;

/** A figure as people read it. */
export function whole(figure: number): string {
  return Math.round(figure).toLocaleString('en-US');
}

function tooLarge(found: string): GraphQLError {
  return new GraphQLError(`The answer would hold ${found}. Ask for fewer items or fields at once, and go on page by page.`, {
    extensions: { code: 'OPERATION_TOO_LARGE' },
  });
}

function tooSlow(deadlineMs: number): GraphQLError {
  return new GraphQLError(
    `The operation took longer than ${deadlineMs / 1_000} s and was stopped. Ask for fewer items or fields at once, or again when the service is less busy.`,
    { extensions: { code: 'OPERATION_TIMEOUT' } },
  );
}
