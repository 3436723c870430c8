import { isFirst, memoryFor } from './each-once.js';
import type { FoodBook } from './patient-inputs.js';

/** What the foods of the record date come to. Each food counts once, however many meals had it. */
export interface DietFigures {
  readonly foods: number;
  readonly low: number;
  readonly moderate: number;
  readonly high: number;
  /** Foods whose class nobody knows, foods that IBSafe deleted among them. */
  readonly unknown: number;
  /** Foods by the kind of fibre they hold; `bothFibres` holds both kinds. */
  readonly soluble: number;
  readonly insoluble: number;
  readonly bothFibres: number;
  /** Foods with at least `FIBRE_SOURCE_GRAMS` in 100 g. The amounts eaten are not among the inputs, so grams cannot be summed. */
  readonly fibreSources: number;
  /** Name of the first HIGH food, as a text may repeat it: empty where it may not; null when there was none. */
  readonly highFood: string | null;
}

/** Fibre in g per 100 g from which a food counts as a source of fibre. Source: Codex guideline CAC/GL 23-1997 on nutrition claims. */
export const FIBRE_SOURCE_GRAMS = 3;

/** Counts what was eaten on the record date. */
export function dietFiguresOf(today: readonly number[], book: FoodBook): DietFigures {
  const figures = {
    foods: 0,
    low: 0,
    moderate: 0,
    high: 0,
    unknown: 0,
    soluble: 0,
    insoluble: 0,
    bothFibres: 0,
    fibreSources: 0,
    highFood: null as string | null,
  };
  const memory = memoryFor(today);
  for (const [at, id] of today.entries()) {
    if (!isFirst(today, at, memory)) continue;
    const food = book.get(id);
    figures.foods += 1;
    if (food?.fodmap === 'LOW') figures.low += 1;
    else if (food?.fodmap === 'MODERATE') figures.moderate += 1;
    else if (food?.fodmap === 'HIGH') {
      figures.high += 1;
      figures.highFood ??= food.quotable;
    } else figures.unknown += 1;
    if (food?.fibre === 'SOLUBLE') figures.soluble += 1;
    else if (food?.fibre === 'INSOLUBLE') figures.insoluble += 1;
    else if (food?.fibre === 'BOTH') figures.bothFibres += 1;
    if ((food?.fibreGrams ?? 0) >= FIBRE_SOURCE_GRAMS) figures.fibreSources += 1;
  }
  return figures;
}
