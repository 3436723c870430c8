import type { DeskLimits } from './desk-limits.js';
import { admittedUntil, type Admitted } from './admitted.js';
import type { Departure } from './departure.js';
import { Operation } from './operation.js';
import { type GiveBack, type Leaving, Places } from './places.js';

/**
 * Places of operations that are executed once for several callers: those that wait for such an answer, and the executions. They are not those of one caller's own
 * operations: what one caller asks beside must not keep the others waiting.
 */
export class RoundPlaces {
  private readonly askers: Places;
  private readonly rounds: Places;
  private readonly statements: Places;

  constructor(private readonly limits: DeskLimits) {
    const endless = Number.POSITIVE_INFINITY;
    // As many as may follow: those who follow a run ask when it changes.
    this.askers = new Places({ each: limits.subscriptionsPerCaller, all: limits.subscriptions, waiting: 0 });
    this.rounds = new Places({ each: half(limits.operationsPerCaller), all: half(limits.operations), waiting: endless });
    this.statements = new Places({ each: half(limits.statementsPerCaller), all: endless, waiting: endless });
  }

  /** Lets a caller wait for an answer; undefined where too many of the caller's wait. @param client who asks */
  wait(caller: string, client: Departure | undefined): Admitted | undefined {
    const giveBack = this.askers.takeNow(caller);
    return giveBack && this.open(caller, { client, giveBack });
  }

  /** Lets an execution in that a caller was the first to ask for, if there is room now. @param askers gone when no one wants it any more */
  now(caller: string, askers: Departure | undefined): Admitted | undefined {
    const giveBack = this.rounds.takeNow(caller);
    return giveBack && this.open(caller, { client: askers, giveBack });
  }

  /** As `now`, and waits for room. @throws when `leaving` tells so */
  async later(caller: string, askers: Departure, leaving: Leaving): Promise<Admitted> {
    const giveBack = await this.rounds.take(caller, leaving);
    if (giveBack === undefined) throw new Error('executions for several callers wait without a limit');
    return this.open(caller, { client: askers, giveBack });
  }

  private open(caller: string, { client, giveBack }: { readonly client: Departure | undefined; readonly giveBack: GiveBack }): Admitted {
    const operation = new Operation(caller, this.limits, this.statements);
    operation.begin();
    return admittedUntil(operation, client, giveBack);
  }
}

function half(places: number): number {
  return Math.max(1, Math.floor(places / 2));
}
