import type { FallbackReason, Outcome } from '../outcome.js';
import { ARMS, type Arm } from './arm.js';

/** What one side of a rollout came to: sums over outcomes. */
export interface ArmFigures {
  /** Users that it advised or failed. */
  readonly users: number;
  readonly advised: number;
  readonly failed: number;
  /** Users whose advice the rules wrote, because the model gave none that could be used. */
  readonly fallbacks: number;
  /** Users of whose advice the gate dropped a point that was not true. */
  readonly pointsDropped: number;
  /** Users for which the gate refused an answer for its meals or its form. */
  readonly answersRefused: number;
  /** Users of either kind, each once. */
  readonly gateDrops: number;
  readonly tokensIn: number;
  readonly tokensOut: number;
  /** Millionths of a US$. */
  readonly costMicros: number;
  /** ms that all of them took together. */
  readonly durationMs: number;
}

/** Names of the sums, in the order of the view's columns. */
export const ARM_FIGURES = [
  'users', 'advised', 'failed', 'fallbacks', 'pointsDropped', 'answersRefused', 'gateDrops', 'tokensIn', 'tokensOut', 'costMicros', 'durationMs',
] as const satisfies readonly (keyof ArmFigures)[]; // prettier-ignore

export const NO_FIGURES: ArmFigures = Object.freeze(Object.fromEntries(ARM_FIGURES.map((name) => [name, 0]))) as unknown as ArmFigures;

/** Both sides. */
export type ByArm<T> = Readonly<Record<Arm, T>>;

/** Reasons of a fallback that say something of the version: a budget, a recall or a program without a prompt say nothing. */
export const TELLING_FALLBACKS = [
  'UNSAFE_ADVICE',
  'GENERATOR_ERROR',
  'GENERATOR_TIMEOUT',
  'GENERATOR_UNAVAILABLE',
  'GENERATOR_REFUSED',
] as const satisfies readonly FallbackReason[];

const TELLING: ReadonlySet<string> = new Set(TELLING_FALLBACKS);

/** Sums of outcomes by rollout and side, of those that are marked: `FOLD_ROLLOUT_FIGURES` counts the same in the database. */
export function figuresOfOutcomes(outcomes: Iterable<Outcome>): ReadonlyMap<string, ByArm<ArmFigures>> {
  const sums = new Map<string, ByArm<Mutable>>();
  for (const outcome of outcomes) {
    if (outcome.type !== 'InterventionGenerated' && outcome.type !== 'UserFailed') continue;
    const { rollout } = outcome.data;
    if (rollout === undefined) continue;
    let ofRollout = sums.get(rollout.id);
    if (ofRollout === undefined) sums.set(rollout.id, (ofRollout = { CANDIDATE: { ...NO_FIGURES }, IN_FORCE: { ...NO_FIGURES } }));
    count(ofRollout[rollout.arm], outcome);
  }
  return sums;
}

type Mutable = { -readonly [Name in keyof ArmFigures]: number };

function count(sums: Mutable, outcome: Extract<Outcome, { type: 'InterventionGenerated' | 'UserFailed' }>): void {
  const { violations = [], tokensIn = 0, tokensOut = 0, costMicros = 0, fallbackReason } = outcome.data;
  sums.users += 1;
  if (outcome.type === 'InterventionGenerated') {
    sums.advised += 1;
    sums.durationMs += outcome.data.durationMs;
  } else sums.failed += 1;
  if (fallbackReason !== undefined && TELLING.has(fallbackReason)) sums.fallbacks += 1;
  if (violations.includes('POINT_NOT_TRUE')) sums.pointsDropped += 1;
  if (violations.some((code) => code !== 'POINT_NOT_TRUE')) sums.answersRefused += 1;
  if (violations.length > 0) sums.gateDrops += 1;
  sums.tokensIn += tokensIn;
  sums.tokensOut += tokensOut;
  sums.costMicros += costMicros;
}

/** Adds sums of both sides. */
export function addedFigures(one: ByArm<ArmFigures>, other: ByArm<ArmFigures>): ByArm<ArmFigures> {
  const added = (arm: Arm): ArmFigures =>
    Object.fromEntries(ARM_FIGURES.map((name) => [name, one[arm][name] + other[arm][name]])) as unknown as ArmFigures;
  return Object.fromEntries(ARMS.map((arm) => [arm, added(arm)])) as unknown as ByArm<ArmFigures>;
}
