import type { FodmapCount } from './daily-advice.js';

/** Whether a day counts as low in FODMAPs: nothing that was eaten is known to be high, and something was low. */
export function isLowDay({ low, high }: Pick<FodmapCount, 'low' | 'high'>): boolean {
  return high === 0 && low > 0;
}

/** The same of the counts in IBSafe's row; undefined for a program that counts no foods. */
export function lowDayOf(counts: Readonly<Record<string, number>> | null): boolean | undefined {
  return counts === null ? undefined : isLowDay({ low: counts['low'] ?? 0, high: counts['high'] ?? 0 });
}
