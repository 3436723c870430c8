import type { GeneratorName } from '../outcome.js';
import type { ProgramName } from '../program.js';
import type { ByArm } from './arm-figures.js';
import type { JudgedRows, PassedFigure, StopCause, Thresholds } from './stop-rule.js';

/** What writes advice: a generator with its words, and of a model its name and the version of its prompt. */
export interface AdviceVersion {
  readonly generator: GeneratorName;
  readonly model?: string;
  readonly promptVersion?: string;
  readonly vocabulary: string;
  /** Short hash of all that makes it, the endpoint's address included: two processes with the same one write alike. */
  readonly fingerprint: string;
}

/** What was ordered, complete. */
export interface RolloutRequest {
  readonly program: ProgramName;
  readonly candidate: AdviceVersion;
  /** The version that it is measured against: runs that ask for its generator are the ones that take part. */
  readonly inForce: AdviceVersion;
  readonly sharePercent: number;
  readonly seed: string;
  readonly thresholds: Thresholds;
  /** An operator's words, at most 500 characters. */
  readonly reason?: string;
}

/** How a rollout was stopped. */
export interface RolloutStop {
  readonly cause: StopCause;
  /** Where a figure passed its limit. */
  readonly figure?: PassedFigure;
  /** `YYYY-MM-DD`: the newest record date whose runs took part; absent where none did. */
  readonly recordDate?: string;
  readonly reason?: string;
}

/** What can happen to a rollout, on its stream `rollout-<id>`. */
export type RolloutEvent =
  | { readonly type: 'RolloutStarted'; readonly data: RolloutRequest }
  | { readonly type: 'RolloutShareChanged'; readonly data: { readonly sharePercent: number; readonly reason?: string } }
  /** Sums over all rows of the rollout that were judged so far: a later one takes the place of the one before. */
  | { readonly type: 'RolloutJudged'; readonly data: { readonly candidate: JudgedRows; readonly inForce: JudgedRows } }
  | { readonly type: 'RolloutStopped'; readonly data: RolloutStop }
  | { readonly type: 'RolloutPromoted'; readonly data: { readonly reason?: string } };

/** Judged rows of both sides. */
export type JudgedByArm = ByArm<JudgedRows>;
