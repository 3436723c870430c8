import type { Night, Rollout, Side } from './rollout-query.js';

/** What a rollout is stopped by itself for, in the order of the table. */
export const MEASURES = ['GATE_DROPS', 'FALLBACKS', 'FAILURES', 'FALSEHOODS', 'PRICE'] as const;
/** One of them, by the code of its cause. */
export type Measure = (typeof MEASURES)[number];

type Thresholds = Rollout['thresholds'];
/** Figures of a side, over all nights or of one: rows are judged over all nights alone. */
type Figures = Night['candidate'] & Partial<Pick<Side, 'judgedRows' | 'falsehoods'>>;

/** A measure of one side: a share of `of` patients or rows, of PRICE US$ for 1,000 patients. */
export interface Measured {
  readonly of: number;
  readonly part: number;
  /** Undefined where there is nothing to take it from. */
  readonly rate: number | undefined;
}

/** Takes a measure of one side. */
export function measured(measure: Measure, figures: Figures): Measured {
  const { users, judgedRows = 0, falsehoods = 0, costPer1000Usd } = figures;
  if (measure === 'PRICE') return { of: users, part: 0, rate: costPer1000Usd ?? undefined };
  const of = measure === 'FALSEHOODS' ? judgedRows : users;
  const part = {
    GATE_DROPS: figures.gateDrops,
    FALLBACKS: figures.fallbacks,
    FAILURES: figures.failed,
    FALSEHOODS: falsehoods,
  }[measure];
  return { of, part, rate: of === 0 ? undefined : part / of };
}

/** What is allowed on top, in the unit of the measure. */
export function allowedFor(measure: Measure, thresholds: Thresholds): number {
  if (measure === 'PRICE') return thresholds.priceUsd;
  const percent = {
    GATE_DROPS: thresholds.gateDropsPercent,
    FALLBACKS: thresholds.fallbacksPercent,
    FAILURES: thresholds.failuresPercent,
    FALSEHOODS: thresholds.falsehoodsPercent,
  }[measure];
  return percent / 100;
}

/** The limit of the candidate, as `RolloutThresholds` of the schema says it. A side without users counts as 0. */
export function limitOf(measure: Measure, inForce: Figures, thresholds: Thresholds): number {
  const { rate = 0 } = measured(measure, inForce);
  return rate * (1 + thresholds.relativePercent / 100) + allowedFor(measure, thresholds);
}

/** Whether the candidate is above its limit, and enough is known to say so. */
export function isPassed(
  measure: Measure,
  { candidate, inForce }: { readonly candidate: Figures; readonly inForce: Figures },
  thresholds: Thresholds,
): boolean {
  const { of, rate } = measured(measure, candidate);
  return rate !== undefined && of >= thresholds.leastUsers && rate > limitOf(measure, inForce, thresholds) + 1e-9;
}
