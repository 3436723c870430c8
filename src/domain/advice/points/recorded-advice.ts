import { MAX_FACTS, MAX_LENGTH, MAX_POINTS, readSaid, type RecordedFact, type RecordedPoint } from './said-text.js';

/** What a row recorded of what it says. */
export interface RecordedAdvice {
  readonly vocabulary: string;
  readonly points: readonly RecordedPoint[];
  /** Those about the patient. */
  readonly facts: readonly RecordedFact[];
}

/**
 * Reads `outputs` of a row: what was said as one text (`readSaid`), or as the lists and objects in which the first rows of points kept it. Null for a row of an earlier release, which wrote prose, and for one that
 * the app or the batch before this one wrote: whatever is no record of points is none, and nothing throws.
 */
export function recordedAdvice(outputs: unknown): RecordedAdvice | null {
  if (!isObject(outputs)) return null;
  const { vocabulary, said, points, facts } = outputs;
  if (!isShort(vocabulary)) return null;
  if (typeof said === 'string') return { vocabulary, ...readSaid(said) };
  if (!Array.isArray(points)) return null;
  return { vocabulary, points: points.slice(0, MAX_POINTS).flatMap(pointOf), facts: factsOf(facts, Number.POSITIVE_INFINITY) };
}

function pointOf(item: unknown): RecordedPoint[] {
  if (!Array.isArray(item)) return [];
  const [id, eaten, dish, wording, facts] = item as readonly unknown[];
  if (!isShort(id)) return [];
  return [{ id, eaten: wholeOrNull(eaten), dish: isShort(dish) ? dish : null, wording: wholeOrNull(wording), facts: factsOf(facts, MAX_FACTS) }]; // prettier-ignore
}

function factsOf(facts: unknown, most: number): RecordedFact[] {
  if (!isObject(facts)) return [];
  const told: RecordedFact[] = [];
  for (const [name, value] of Object.entries(facts)) {
    if (told.length === most) break;
    if (isShort(name) && (typeof value === 'number' || isShort(value))) told.push({ name, value: String(value) });
  }
  return told;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isShort(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_LENGTH;
}

function wholeOrNull(value: unknown): number | null {
  return Number.isSafeInteger(value) ? (value as number) : null;
}
