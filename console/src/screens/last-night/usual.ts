/** How a figure of a night lies among those of the nights before it. */
export interface Usual {
  readonly median: number;
  /** Where all but the rarest tenth on each side lie. */
  readonly low: number;
  readonly high: number;
}

/** Fewer nights than that say nothing of what is usual. */
const LEAST_NIGHTS = 5;

/** What is usual, by the figures of earlier nights; undefined while there are too few of them. */
export function usualOf(values: readonly number[]): Usual | undefined {
  if (values.length < LEAST_NIGHTS) return undefined;
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.round(share * (sorted.length - 1)))] ?? 0;
  return { median: at(0.5), low: at(0.1), high: at(0.9) };
}

/** Whether a figure lies where it usually does. */
export const isUsual = (value: number, { low, high }: Usual): boolean => value >= low && value <= high;
