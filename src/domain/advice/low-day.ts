import type { FodmapCount } from './daily-advice.js';
import { hasTreatedDiet } from './points/person-facts.js';
import type { Scene } from './points/scene.js';
import { DISORDER } from './treated-diets.js';

const NOTHING_COUNTED: FodmapCount = { low: 0, moderate: 0, high: 0, unknown: 0 };

/** How many foods of each class a row counts. Of a patient with a disorder of eating none: what they ate is not judged (decision 068), and no low day of theirs leads to a word on reintroduction. */
export function fodmapCountOf({ inputs, day: { low, moderate, high, unknown } }: Pick<Scene, 'inputs' | 'day'>): FodmapCount {
  return hasTreatedDiet({ inputs }, DISORDER) ? NOTHING_COUNTED : { low, moderate, high, unknown };
}

/** Whether a day counts as low in FODMAPs: nothing that was eaten is known to be high, and something was low. */
export function isLowDay({ low, high }: Pick<FodmapCount, 'low' | 'high'>): boolean {
  return high === 0 && low > 0;
}

/** The same of the counts in IBSafe's row; undefined for a program that counts no foods. */
export function lowDayOf(counts: Readonly<Record<string, number>> | null): boolean | undefined {
  return counts === null ? undefined : isLowDay({ low: counts['low'] ?? 0, high: counts['high'] ?? 0 });
}
