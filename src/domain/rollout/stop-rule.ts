import { assertNever } from '../assert-never.js';
import type { ArmFigures, ByArm } from './arm-figures.js';

/** What a rollout is stopped by itself for, in the order in which it is looked for. */
const STOP_MEASURES = ['FALSEHOODS', 'GATE_DROPS', 'FALLBACKS', 'FAILURES', 'PRICE'] as const;
export type StopMeasure = (typeof STOP_MEASURES)[number];

/** Why a rollout was stopped: by an operator, since its endpoint served no patient, or since a figure passed its limit. */
export const STOP_CAUSES = ['OPERATOR', 'CANDIDATE_AWAY', ...STOP_MEASURES] as const;
export type StopCause = (typeof STOP_CAUSES)[number];

/**
 * When a candidate is worse than it may be. Its limit for a measure is the figure of the version in force, and `relativePercent` of that, and what is allowed for the measure on top: in percent of users,
 * of judged rows, or in millionths of a US$ for 1,000 patients.
 */
export interface Thresholds {
  /** Users, or judged rows, of the candidate below which nothing is concluded. */
  readonly leastUsers: number;
  readonly relativePercent: number;
  readonly falsehoodsPercent: number;
  readonly gateDropsPercent: number;
  readonly fallbacksPercent: number;
  readonly failuresPercent: number;
  readonly priceMicros: number;
}

/** Thresholds of an order that names none. One dollar for 1,000 patients. */
export const USUAL_THRESHOLDS: Thresholds = {
  leastUsers: 200,
  relativePercent: 50,
  falsehoodsPercent: 0,
  gateDropsPercent: 5,
  fallbacksPercent: 5,
  failuresPercent: 2,
  priceMicros: 1_000_000,
};

/** Range of each threshold. */
export const THRESHOLD_RANGES: Readonly<Record<keyof Thresholds, { readonly least: number; readonly most: number }>> = {
  leastUsers: { least: 1, most: 1_000_000 },
  relativePercent: { least: 0, most: 1_000 },
  falsehoodsPercent: { least: 0, most: 100 },
  gateDropsPercent: { least: 0, most: 100 },
  fallbacksPercent: { least: 0, most: 100 },
  failuresPercent: { least: 0, most: 100 },
  priceMicros: { least: 0, most: 1_000_000_000 },
};

/** Saved rows that were judged apart, and those with something untrue in them. */
export interface JudgedRows {
  readonly rows: number;
  readonly falsehoods: number;
}

/** The figure that passed its limit. Hundredths of a percent; of PRICE millionths of a US$ for 1,000 patients. */
export interface PassedFigure {
  readonly candidate: number;
  readonly inForce: number;
  readonly limit: number;
  /** Users or judged rows of the candidate that it is about. */
  readonly users: number;
}

/** What is known of both sides. */
export interface Evidence {
  readonly figures: ByArm<ArmFigures>;
  readonly judged?: ByArm<JudgedRows>;
}

/** A measure of one side: a part of a whole, in the unit of its figure. */
interface Measured {
  readonly part: number;
  readonly of: number;
}

/** The first measure whose limit the candidate passed; undefined while it passed none, or where too few users are known. A side of no users counts as 0. */
export function passedMeasure(
  thresholds: Thresholds,
  evidence: Evidence,
): { readonly cause: StopMeasure; readonly figure: PassedFigure } | undefined {
  for (const cause of STOP_MEASURES) {
    const [candidate, inForce] = [measured(cause, 'CANDIDATE', evidence), measured(cause, 'IN_FORCE', evidence)];
    if (candidate.of < thresholds.leastUsers) continue;
    const [rate, base] = [rateOf(candidate), rateOf(inForce)];
    const limit = base * (1 + thresholds.relativePercent / 100) + allowedFor(cause, thresholds);
    // Rates are fractions of whole numbers: what is equal must not pass for the sake of the last bit.
    if (rate <= limit + 1e-6) continue;
    return { cause, figure: { candidate: Math.round(rate), inForce: Math.round(base), limit: Math.round(limit), users: candidate.of } };
  }
  return undefined;
}

function rateOf({ part, of }: Measured): number {
  return of === 0 ? 0 : part / of;
}

/** Hundredths of a percent in a whole. */
const WHOLE = 10_000;

function measured(cause: StopMeasure, arm: keyof Evidence['figures'], { figures, judged }: Evidence): Measured {
  const { users, advised, gateDrops, fallbacks, failed, costMicros } = figures[arm];
  const { rows = 0, falsehoods = 0 } = judged?.[arm] ?? {};
  switch (cause) {
    case 'FALSEHOODS':
      return { part: falsehoods * WHOLE, of: rows };
    case 'GATE_DROPS':
      return { part: gateDrops * WHOLE, of: users };
    case 'FALLBACKS':
      return { part: fallbacks * WHOLE, of: users };
    case 'FAILURES':
      return { part: failed * WHOLE, of: users };
    case 'PRICE':
      return { part: costMicros * 1_000, of: advised };
    default:
      return assertNever(cause);
  }
}

function allowedFor(cause: StopMeasure, thresholds: Thresholds): number {
  switch (cause) {
    case 'FALSEHOODS':
      return thresholds.falsehoodsPercent * 100;
    case 'GATE_DROPS':
      return thresholds.gateDropsPercent * 100;
    case 'FALLBACKS':
      return thresholds.fallbacksPercent * 100;
    case 'FAILURES':
      return thresholds.failuresPercent * 100;
    case 'PRICE':
      return thresholds.priceMicros;
    default:
      return assertNever(cause);
  }
}
