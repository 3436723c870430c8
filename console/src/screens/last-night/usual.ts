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

/** Whether a figure lies below or above where it usually does, by more than a twentieth of what is usual: nights that are all alike have a narrow band. */
export function besideUsual(value: number, { median, low, high }: Usual): 'below' | 'usual' | 'above' {
  const slack = Math.max(1, median / 20);
  if (value < low - slack) return 'below';
  return value > high + slack ? 'above' : 'usual';
}
