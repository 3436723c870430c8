import type { FallbackReason } from '../outcome.js';
import { rowText, type RowKey } from './row-key.js';

/** Why a row is shown to a reviewer, the greater risk first. */
export const RISK_REASONS = [
  'DOUBTED_POINT',
  'MANY_ALLERGIES',
  'NEW_POINT',
  'NEW_DISH',
  'FALLBACK',
  'GATE_FOUND',
  'NEW_VERSION',
  'RANDOM',
] as const;
export type RiskReason = (typeof RISK_REASONS)[number];

/** What each counts, and how often at most within one row. A row with no other reason is there by chance, behind all others. */
const RISK_WEIGHTS: Readonly<Record<RiskReason, { readonly weight: number; readonly most: number }>> = {
  DOUBTED_POINT: { weight: 40, most: 2 },
  MANY_ALLERGIES: { weight: 10, most: 4 },
  NEW_POINT: { weight: 20, most: 3 },
  NEW_DISH: { weight: 15, most: 3 },
  FALLBACK: { weight: 15, most: 1 },
  GATE_FOUND: { weight: 15, most: 1 },
  NEW_VERSION: { weight: 10, most: 1 },
  RANDOM: { weight: 0, most: 0 },
};

/** Allergies and restrictions from which on a row has many. */
const MANY = 3;
/** Nights for which a vocabulary or a prompt is new. */
export const FIRST_DAYS = 3;

/** A row that may be shown. */
export interface Candidate {
  readonly key: RowKey;
  readonly points: readonly string[];
  readonly dishes: readonly string[];
  /** Allergies and restrictions. */
  readonly restrictions: number;
  readonly fallbackReason: FallbackReason | null;
  /** Whether the gate found something on the way. */
  readonly hasViolations: boolean;
  /** Versions of vocabulary and prompt that are in their first days. */
  readonly newVersions: readonly string[];
}

/** What reviewers know already. */
export interface Reviewed {
  /** Points and dishes of rows that were marked, and those that are signed. */
  readonly points: ReadonlySet<string>;
  readonly dishes: ReadonlySet<string>;
  /** Points that a mark says are wrong or harmful. */
  readonly doubted: ReadonlySet<string>;
}

/** A reason of a row, and what of the row it is about: points, dishes, versions. */
export interface Risk {
  readonly reason: RiskReason;
  readonly items: readonly string[];
}

/** Why a row should be looked at. */
export function risksOf(candidate: Candidate, { points, dishes, doubted }: Reviewed): readonly Risk[] {
  const risks: Risk[] = [];
  const add = (reason: RiskReason, items: readonly string[]): void => void (items.length > 0 && risks.push({ reason, items }));
  add('DOUBTED_POINT', candidate.points.filter((point) => doubted.has(point))); // prettier-ignore
  if (candidate.restrictions >= MANY) risks.push({ reason: 'MANY_ALLERGIES', items: [] });
  add('NEW_POINT', candidate.points.filter((point) => !points.has(point))); // prettier-ignore
  add('NEW_DISH', candidate.dishes.filter((dish) => !dishes.has(dish))); // prettier-ignore
  add('FALLBACK', candidate.fallbackReason === null ? [] : [candidate.fallbackReason]);
  if (candidate.hasViolations) risks.push({ reason: 'GATE_FOUND', items: [] });
  add('NEW_VERSION', candidate.newVersions);
  return risks;
}

/** What a row's reasons come to. */
export function scoreOf(risks: readonly Risk[], { restrictions }: Pick<Candidate, 'restrictions'>): number {
  let score = 0;
  for (const { reason, items } of risks) {
    const { weight, most } = RISK_WEIGHTS[reason];
    const times = reason === 'MANY_ALLERGIES' ? restrictions - MANY + 1 : Math.max(1, items.length);
    score += weight * Math.min(most, times);
  }
  return score;
}

/** A row that was chosen. */
export interface Chosen<T extends Candidate> {
  readonly candidate: T;
  readonly risks: readonly Risk[];
  readonly score: number;
}

/**
 * Chooses the rows of the greatest risk, one after another: what a chosen row shows for the first time is not new in the next ones, so that a few rows show as many new points and dishes as can be. Of equal ones
 * the key decides: the same rows give the same sample.
 */
export function chooseSample<T extends Candidate>(candidates: readonly T[], reviewed: Reviewed, most: number): Chosen<T>[] {
  const left = candidates.toSorted((one, other) => (rowText(one.key) < rowText(other.key) ? -1 : 1));
  const known = { points: new Set(reviewed.points), dishes: new Set(reviewed.dishes), doubted: new Set(reviewed.doubted) };
  const chosen: Chosen<T>[] = [];
  while (chosen.length < most && left.length > 0) {
    const at = bestOf(left, known);
    const [candidate] = left.splice(at, 1) as [T];
    const risks = risksOf(candidate, known);
    const score = scoreOf(risks, candidate);
    chosen.push({ candidate, risks: risks.length === 0 ? [{ reason: 'RANDOM', items: [] }] : risks, score });
    for (const point of candidate.points) known.points.add(point);
    for (const dish of candidate.dishes) known.dishes.add(dish);
    for (const point of candidate.points) known.doubted.delete(point);
  }
  return chosen;
}

function bestOf(candidates: readonly Candidate[], known: Reviewed): number {
  let [best, bestScore] = [0, -1];
  for (const [at, candidate] of candidates.entries()) {
    const score = scoreOf(risksOf(candidate, known), candidate);
    if (score > bestScore) [best, bestScore] = [at, score];
  }
  return best;
}
