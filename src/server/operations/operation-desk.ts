import { getOperationAST, type DocumentNode, type GraphQLSchema } from 'graphql';
import { priceOf } from './operation-price.js';
import type { IsBefore } from '../../database/statement-owner.js';
import type { Seen } from '../../reads/person-read.js';
import type { DeskLimits } from './desk-limits.js';
import { tooComplex, tooCostly, tooMany } from './desk-refusals.js';
import { admittedUntil, type Admitted } from './admitted.js';
import type { Departure } from './departure.js';
import { Operation } from './operation.js';
import { type GiveBack, Places } from './places.js';
import { type Price, Unpriceable } from './price.js';
import { RoundPlaces } from './round-places.js';

/** Operations of one caller that may wait for a place. */
const MAX_WAITING = 200;

/** An operation that asks to run. */
export interface Asked {
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  /** The caller, as the log names it. */
  readonly caller: string;
  readonly client?: Departure | undefined;
}

/** Told when an operation ends which persons' data a caller was given. */
export type OnSeen = (caller: string, seen: readonly Seen[]) => void;

/** Where every operation of every transport is priced, and waits for its place. One for a process. */
export class OperationDesk {
  /** Of operations that are executed once for several callers. */
  readonly rounds: RoundPlaces;
  private readonly places: Places;
  private readonly statements: Places;
  private readonly subscriptions: Places;
  private readonly sockets: Places;
  private readonly prices = new WeakMap<DocumentNode, Map<string | null, Price>>();

  constructor(
    private readonly schema: GraphQLSchema,
    readonly limits: DeskLimits,
    private readonly onSeen: OnSeen = () => undefined,
  ) {
    const endless = Number.POSITIVE_INFINITY;
    this.rounds = new RoundPlaces(limits);
    this.places = new Places({ each: limits.operationsPerCaller, all: limits.operations, waiting: MAX_WAITING });
    this.statements = new Places({ each: limits.statementsPerCaller, all: endless, waiting: endless });
    this.subscriptions = new Places({ each: limits.subscriptionsPerCaller, all: limits.subscriptions, waiting: 0 });
    this.sockets = new Places({ each: limits.socketsPerCaller, all: limits.sockets, waiting: 0 });
  }

  /** Lets a query or mutation in. @throws GraphQLError OPERATION_TOO_COSTLY, OPERATION_TOO_COMPLEX, TOO_MANY_OPERATIONS, or why it ended while it waited */
  async admit(asked: Asked): Promise<Admitted> {
    this.requirePrice(asked);
    return this.run(asked.caller, asked.client);
  }

  /**
   * Lets a subscription in, until it is closed: what it asks of the database to find its events counts among the caller's statements, without a deadline.
   * Its events are admitted one by one. @throws GraphQLError as `admit`
   */
  subscribe(asked: Asked): Admitted {
    this.requirePrice(asked);
    const place = this.subscriptions.takeNow(asked.caller);
    if (place === undefined) throw tooMany('subscriptions', { each: this.limits.subscriptionsPerCaller, all: this.limits.subscriptions });
    return this.open(asked, place);
  }

  /** Lets a call in that has no document, and so no price. @throws GraphQLError as `admit` */
  admitCall(caller: string, client?: Departure): Promise<Admitted> {
    return this.run(caller, client);
  }

  /** Lets an event of a subscription in, however many of them wait: each open subscription has one at a time, and all of one run have theirs at once. */
  admitEvent(caller: string, client?: Departure): Promise<Admitted> {
    return this.run(caller, client, Number.POSITIVE_INFINITY);
  }

  /** Lets a caller wait for an answer that several are given. @throws GraphQLError TOO_MANY_OPERATIONS */
  joinRound({ caller, client }: Asked): Admitted {
    const { subscriptionsPerCaller: each, subscriptions: all } = this.limits;
    const waits = this.rounds.wait(caller, client);
    if (waits === undefined) throw tooMany('operations', { each, all });
    return waits;
  }

  /** Counts a connection that stays open. @returns how to give it back; undefined when there are too many */
  holdSocket(caller: string): GiveBack | undefined {
    return this.sockets.takeNow(caller);
  }

  /** The most that an operation may come to, by its document and variables. */
  price({ document, operationName, variables }: Omit<Asked, 'caller'>): Price {
    const operation = getOperationAST(document, operationName);
    if (operation == null) return { price: 0, dearest: [] }; // the executor says which names there are
    const fixed = (operation.variableDefinitions ?? []).length === 0;
    const key = operation.name?.value ?? null;
    const known = fixed ? this.prices.get(document)?.get(key) : undefined;
    if (known !== undefined) return known;
    const found = priceOf(this.schema, { document, operation, variables: variables ?? {} });
    if (fixed) this.prices.set(document, (this.prices.get(document) ?? new Map<string | null, Price>()).set(key, found));
    return found;
  }

  /** Refuses what comes to more than is taken. @throws GraphQLError OPERATION_TOO_COSTLY, OPERATION_TOO_COMPLEX */
  requirePrice(asked: Asked): void {
    const { price: limit } = this.limits;
    const { price, dearest } = this.priced(asked);
    if (price > limit) throw tooCostly({ price, dearest }, limit);
  }

  /** The operations that one without a place waits for: others of its caller, and all where there is no place for any caller. */
  private isBefore(caller: string): IsBefore {
    return ({ owner }) => owner.caller === caller || this.places.countOf(caller).all >= this.limits.operations;
  }

  private priced(asked: Asked): Price {
    try {
      return this.price(asked);
    } catch (error) {
      if (error instanceof Unpriceable) throw tooComplex();
      throw error;
    }
  }

  private async run(caller: string, client: Departure | undefined, mostWaiting?: number): Promise<Admitted> {
    const opened = this.open({ caller, client });
    const { operation } = opened;
    try {
      operation.check();
      operation.begin();
      const place = this.places.take(caller, operation, mostWaiting);
      if (place === undefined) throw tooMany('operations', { each: this.limits.operationsPerCaller, all: this.limits.operations });
      const giveBack = place instanceof Promise ? await operation.lines.during(this.isBefore(caller), place) : place;
      return {
        operation,
        close() {
          opened.close();
          giveBack();
        },
      };
    } catch (error) {
      opened.close();
      throw error;
    }
  }

  /** An operation that goes on until its client has gone, or it is closed; then it gives back what it had. */
  private open({ caller, client }: Pick<Asked, 'caller' | 'client'>, giveBack: GiveBack = () => undefined): Admitted {
    const operation = new Operation(caller, this.limits, this.statements);
    return admittedUntil(operation, client, () => {
      giveBack();
      const seen = operation.seen.take();
      if (seen.length > 0) this.onSeen(caller, seen);
    });
  }
}
