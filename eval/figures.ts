import type { EvalResult } from './evaluate.js';

/** What an evaluation comes to. Made of counts alone, so that it can be kept and compared. */
export interface EvalFigures {
  readonly patients: number;
  readonly generated: number;
  /** Patients without advice, by code. */
  readonly failed: Readonly<Record<string, number>>;
  /** Rows that would be saved and must not be, by code: anything here is a fault of the gate. */
  readonly unsafeRows: Readonly<Record<string, number>>;
  /** Patients whose advice took more than one attempt. */
  readonly repaired: number;
  /** Patients whom another generator had to advise. */
  readonly fallbacks: number;
  /** Different foods that were offered to anybody. */
  readonly distinctFoods: number;
  /** Mean over all pairs of patients of how much their foods have in common: 0 nothing, 1 everything. Null for fewer than two. */
  readonly meanJaccard: number | null;
  readonly latencyMs: { readonly p50: number; readonly p95: number };
  /** Unsafe rows, repairs, fallbacks and failures by kind of patient, where there are any. */
  readonly byKind: Readonly<Record<string, number>>;
}

/** Counts results. */
export function figuresOf(results: readonly EvalResult[]): EvalFigures {
  const advised = results.filter(({ generated }) => generated.status === 'generated');
  return {
    patients: results.length,
    generated: advised.length,
    failed: counted(results.flatMap(({ generated }) => (generated.status === 'failed' ? [generated.code] : []))),
    unsafeRows: counted(results.flatMap(({ violations }) => violations)),
    repaired: results.filter(wasRepaired).length,
    fallbacks: results.filter(fellBack).length,
    distinctFoods: new Set(advised.flatMap(({ offered }) => offered)).size,
    meanJaccard: meanJaccard(advised.map(({ offered }) => new Set(offered))),
    latencyMs: { p50: quantile(results.map(({ ms }) => ms), 0.5), p95: quantile(results.map(({ ms }) => ms), 0.95) }, // prettier-ignore
    byKind: counted(results.flatMap((result) => (hadTrouble(result) ? [result.kind] : []))),
  };
}

function wasRepaired({ generated }: EvalResult): boolean {
  return generated.status === 'generated' && generated.attempts > 1;
}

function fellBack({ generated }: EvalResult): boolean {
  return generated.status === 'generated' && generated.fallbackOf !== undefined;
}

function hadTrouble(result: EvalResult): boolean {
  return result.generated.status === 'failed' || result.violations.length > 0 || wasRepaired(result) || fellBack(result);
}

/** How often each word stands there, most first. */
export function counted(words: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return Object.fromEntries([...counts].toSorted(([a, x], [b, y]) => y - x || a.localeCompare(b)));
}

function meanJaccard(sets: readonly ReadonlySet<number>[]): number | null {
  let [sum, pairs] = [0, 0];
  sets.forEach((one, at) => {
    for (const other of sets.slice(at + 1)) {
      const common = [...one].filter((food) => other.has(food)).length;
      const all = one.size + other.size - common;
      sum += all === 0 ? 1 : common / all;
      pairs += 1;
    }
  });
  return pairs === 0 ? null : sum / pairs;
}

/** The value that a share of the values does not exceed, by the nearest rank; 0 for none. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
