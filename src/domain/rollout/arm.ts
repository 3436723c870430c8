import { personSeed } from '../advice/seeded-random.js';

/** The two sides of a rollout: the version on trial, and the one that all patients had before it. */
export const ARMS = ['CANDIDATE', 'IN_FORCE'] as const;
export type Arm = (typeof ARMS)[number];

/** Which side of which rollout wrote an advice, as its outcome keeps it. */
export interface ArmMark {
  readonly id: string;
  readonly arm: Arm;
}

/** How a seed is written. */
export const SEED = /^[a-z0-9-]{1,40}$/u;

/** Places that users are spread over: a hundredth of a percent each. */
const PLACES = 10_000;

/** Whom a rollout gives its candidate. */
export interface Share {
  readonly seed: string;
  /** 1 to 100. */
  readonly sharePercent: number;
}

/**
 * The side of a user: a pure function of seed and id, the same in every run and every process. A user whose place lies below the share has the candidate, so that a higher share adds users and takes it
 * from none. The mixer is that of MurmurHash3 (`seeded-random.ts`).
 */
export function armOf({ seed, sharePercent }: Share, userId: number): Arm {
  return (personSeed(userId, seed) >>> 0) % PLACES < sharePercent * (PLACES / 100) ? 'CANDIDATE' : 'IN_FORCE';
}
