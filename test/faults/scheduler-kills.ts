import { SeededRandom } from '../support/seeded-random.js';

/** What happens next to processes with schedulers. Counts are slots that all schedules together record, so that a slow machine meets the same faults. */
export interface KillStep {
  /** Slots that are recorded before it. */
  readonly afterSlots: number;
  /** Which process is killed; `ALL` for a night without any. */
  readonly victim: number | 'ALL';
  /** Slots that the others record until it is started again; nobody records any in a blackout. */
  readonly downSlots: number;
}

/** One kill in this many is a blackout. */
const BLACKOUT_EVERY = 6;

/** The endless plan of a seed for so many processes: the same seed, the same plan. */
export function* killSteps(seed: number, processes: number): Generator<KillStep, never, undefined> {
  const random = new SeededRandom();
  random.reseed(seed);
  for (let step = 1; ; step += 1) {
    const afterSlots = random.below(12);
    const victim = random.below(processes);
    const downSlots = random.below(8);
    yield { afterSlots, victim: step % BLACKOUT_EVERY === 0 ? 'ALL' : victim, downSlots };
  }
}
