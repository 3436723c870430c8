import type { GeneratorName } from '../../domain/outcome.js';
import type { ProgramName } from '../../domain/program.js';
import type { ArmFigures, ByArm } from '../../domain/rollout/arm-figures.js';
import type { AdviceVersion } from '../../domain/rollout/rollout-events.js';
import type { Rollout } from '../../domain/rollout/rollout.js';
import type { Generator } from './generators.js';

/** A part of a run's chunk, for the figures of rollouts. */
export interface FiguresPlace {
  readonly runId: string;
  readonly chunk: number;
}

/** Rollouts as the views hold them, inside a transaction. */
export interface RolloutStore {
  lock(rolloutId: string): Promise<Rollout | undefined>;
  /** Waits for other callers that begin a rollout, then names the one of the program that goes on. */
  lockProgram(program: ProgramName): Promise<string | undefined>;
  save(rollout: Rollout): Promise<void>;
  /** Adds what a part of a chunk came to. */
  count(place: FiguresPlace, figures: ReadonlyMap<string, ByArm<ArmFigures>>): Promise<void>;
}

/** What the runs of one record date came to under a rollout. */
export interface NightFigures {
  /** `YYYY-MM-DD`. */
  readonly recordDate: string;
  readonly figures: ByArm<ArmFigures>;
}

/** Rollouts outside a transaction. */
export interface RolloutList {
  find(rolloutId: string): Promise<Rollout | undefined>;
  /** The rollout of a program that goes on: running or promoted. */
  going(program: ProgramName): Promise<Rollout | undefined>;
  /** All that go on. */
  allGoing(): Promise<readonly Rollout[]>;
  /** By record date, ascending; dates of no marked outcome are absent. */
  nights(rolloutId: string): Promise<readonly NightFigures[]>;
}

/** What this process is configured to try. */
export interface CandidateSeat {
  /** What it is; undefined where nothing is configured, or where what is configured is recalled. */
  version(): AdviceVersion | undefined;
  /** What runs of a generator are written by now. Throws a RangeError for one that is not configured. */
  inForce(generator: GeneratorName): AdviceVersion;
  /**
   * Its generator, made anew like all others when something is recalled, and for a rollout that was not seen before: what an endpoint did under an earlier one is not held against it. Undefined like
   * `version`.
   */
  generatorFor(rolloutId: string): Generator | undefined;
}
