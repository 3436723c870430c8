import { CONDITION_KINDS, type ConditionKind } from '../domain/alert/alert.js';
import type { Conditions } from './follower.js';

/** Whether each condition holds now; undefined for what could not be found out. */
export type ConditionLook = () => Promise<Readonly<Record<ConditionKind, boolean | undefined>>>;

/** What this process sees of the service's state, and for how long it has been so. A restart of a store is not told of. */
export class ConditionWatch {
  private readonly since = new Map<ConditionKind, { readonly holds: boolean; readonly at: number }>();

  /** @param patienceMs for which something has to hold @param clock ms, monotonic */
  constructor(
    private readonly look: ConditionLook,
    private readonly patienceMs: number,
    private readonly clock: () => number = () => performance.now(),
  ) {}

  /** Looks. @returns what has held for long enough, and what does not hold */
  async seen(): Promise<Conditions> {
    const found = await this.look();
    const now = this.clock();
    const steady = new Map<ConditionKind, boolean>();
    for (const kind of CONDITION_KINDS) {
      const holds = found[kind];
      if (holds === undefined) this.since.delete(kind);
      else if (this.isSteady(kind, holds, now)) steady.set(kind, holds);
    }
    return steady;
  }

  private isSteady(kind: ConditionKind, holds: boolean, now: number): boolean {
    const before = this.since.get(kind);
    const at = before?.holds === holds ? before.at : now;
    this.since.set(kind, { holds, at });
    return !holds || now - at >= this.patienceMs;
  }
}
