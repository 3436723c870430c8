import type { Draws } from './draws.js';

/** What one seed of a fault came to. */
export interface SeedVerdict {
  /** How often the fault really struck; a seed with none shows nothing and counts against the suite. */
  readonly bites: number;
  /** Users, slots or events that should be there and are not. */
  readonly lost: number;
  /** Users, slots or events that are there once too often. */
  readonly doubled: number;
  /** Promises that were broken, in words without a user's data; empty when all were kept. */
  readonly broken: readonly string[];
  /** ms from the strike to the end of what it struck; absent where nothing has to recover. */
  readonly recoveryMs?: number;
}

/** What all seeds of a fault share: a database, processes. */
export interface Scene extends AsyncDisposable {
  /** Lets the fault strike once, as the seed draws it, and checks what is left. */
  strike(draws: Draws): Promise<SeedVerdict>;
}

/** A fault of FAULTS.md: what is done to the service, and what must hold afterwards. */
export interface Fault {
  /** Its number there, or a word for one that is not. */
  readonly id: string;
  readonly what: string;
  readonly promise: string;
  /** Why it cannot be tried on this machine, asked before it is: then it is skipped, and told as not measured. Absent where it always can. */
  readonly lacks?: () => Promise<string | undefined>;
  readonly open: () => Promise<Scene>;
  /** What the drills try instead of it, which have other work beside them: the same in small. */
  readonly inSmall?: Pick<Fault, 'what' | 'open'>;
}

/** A scene whose seeds share what `resources` holds. */
export function sceneOf(held: { end(): Promise<void> }, strike: Scene['strike']): Scene {
  return { strike, [Symbol.asyncDispose]: () => held.end() };
}
