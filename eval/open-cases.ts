import type { Mark, MarkVerdict } from '../src/domain/review/mark-events.js';
import type { RowKey } from '../src/domain/review/row-key.js';

/** What a bad mark named and no later mark cleared. */
export interface OpenCase {
  readonly markId: string;
  readonly verdict: Extract<MarkVerdict, 'WRONG' | 'HARMFUL'>;
  readonly markedAt: string;
  readonly row: RowKey;
  readonly points: readonly string[];
  readonly dishes: readonly string[];
}

/**
 * Marks as cases of an evaluation: those that are wrong or harmful, each with what it named. A later mark `FINE` that names a point or a dish ends the cases of it. A mark that named nothing but a note is none: a program cannot tell whether
 * its note still holds. @param newestFirst all marks, the newest first
 */
export function openCases(newestFirst: readonly Pick<Mark, 'markId' | 'data' | 'markedAt'>[]): OpenCase[] {
  const cleared = new Set<string>();
  const cases: OpenCase[] = [];
  for (const { markId, markedAt, data } of newestFirst) {
    const { verdict, row } = data;
    if (verdict === 'FINE') for (const name of [...data.points, ...data.dishes]) cleared.add(name);
    if (verdict !== 'WRONG' && verdict !== 'HARMFUL') continue;
    const isOpen = (name: string): boolean => !cleared.has(name);
    const [points, dishes] = [data.points.filter(isOpen), data.dishes.filter(isOpen)];
    if (points.length + dishes.length > 0) cases.push({ markId, verdict, markedAt, row, points, dishes });
  }
  return cases;
}
