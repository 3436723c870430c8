import type { Generated } from '../src/application/ports.js';
import type { Trace } from '../src/domain/outcome.js';
import type { EvalResult } from './evaluate.js';

/** What an evaluation comes to. Made of counts alone, so that it can be kept and compared. */
export interface EvalFigures {
  readonly patients: number;
  readonly generated: number;
  /** Patients without advice, by code; UNAVAILABLE when the generator served no user. */
  readonly failed: Readonly<Record<string, number>>;
  /** What the oracle found in rows that would be saved, by kind: anything here is a fault of the gate or of the vocabulary. */
  readonly findings: Readonly<Record<string, number>>;
  /** Rows that hold no vocabulary, so that they cannot be judged: an older service's, or a generator's that does not say what it said. */
  readonly notJudged: number;
  /** Sentences that were looked up in the records, and how many different points they were. */
  readonly sentences: number;
  readonly points: number;
  /** Answers that the gate turned back, by code; a patient's codes count once each. */
  readonly turnedBack: Readonly<Record<string, number>>;
  /** Patients for whom a point was chosen that is not true of them: it was left out. */
  readonly untruePoints: number;
  /** Patients whom the generator advised after an answer was turned back. */
  readonly repaired: number;
  /** Patients whom another generator had to advise, by reason. */
  readonly fallbacks: Readonly<Record<string, number>>;
  /** Different foods that were offered to any browser. */
  readonly distinctFoods: number;
  /** Mean over all pairs of patients of how much their foods have in common: 0 nothing, 1 everything. Null for fewer than two. */
  readonly meanJaccard: number | null;
  readonly latencyMs: { readonly p50: number; readonly p95: number };
  readonly tokensIn: number;
  readonly tokensOut: number;
  /** US$, at the configured prices. */
  readonly cost: number;
  /** Findings, repairs, fallbacks and failures by kind of patient, where there are any. */
  readonly byKind: Readonly<Record<string, number>>;
}

/** Counts results. */
export function figuresOf(results: readonly EvalResult[]): EvalFigures {
  const advised = results.filter(({ generated }) => generated.status === 'generated');
  return {
    patients: results.length,
    generated: advised.length,
    failed: counted(results.flatMap(({ generated }) => failureOf(generated))),
    findings: counted(results.flatMap(({ judged }) => (judged?.findings ?? []).map(kindOfFinding))),
    notJudged: results.filter(({ judged }) => judged?.isJudged === false).length,
    sentences: results.reduce((sum, { judged }) => sum + (judged?.sentences.length ?? 0), 0),
    points: new Set(results.flatMap(({ judged }) => judged?.points ?? [])).size,
    turnedBack: counted(results.flatMap(({ generated }) => turnedBack(generated))),
    untruePoints: results.filter(({ generated }) => traceOf(generated).violations?.includes(UNTRUE) === true).length,
    repaired: results.filter(wasRepaired).length,
    fallbacks: counted(results.flatMap(({ generated }) => (fellBack(generated) ? [traceOf(generated).fallbackReason ?? 'UNKNOWN'] : []))),
    distinctFoods: new Set(advised.flatMap(({ judged }) => judged?.dishes ?? [])).size,
    meanJaccard: meanJaccard(advised.map(({ judged }) => new Set(judged?.dishes))),
    latencyMs: { p50: quantile(results.map(({ ms }) => ms), 0.5), p95: quantile(results.map(({ ms }) => ms), 0.95) }, // prettier-ignore
    ...spent(results),
    byKind: counted(results.flatMap((result) => (hadTrouble(result) ? [result.kind] : []))),
  };
}

function failureOf(generated: Generated): string[] {
  if (generated.status === 'generated') return [];
  return [generated.status === 'failed' ? generated.code : 'UNAVAILABLE'];
}

function traceOf(generated: Generated): Trace {
  return generated.status === 'unavailable' ? {} : (generated.trace ?? {});
}

/** The one code that turns no answer back. */
const UNTRUE = 'POINT_NOT_TRUE';

function turnedBack(generated: Generated): readonly string[] {
  return (traceOf(generated).violations ?? []).filter((code) => code !== UNTRUE);
}

function wasRepaired({ generated }: EvalResult): boolean {
  return generated.status === 'generated' && !fellBack(generated) && turnedBack(generated).length > 0;
}

function fellBack(generated: Generated): boolean {
  return generated.status === 'generated' && generated.fallbackOf !== undefined;
}

function hadTrouble(result: EvalResult): boolean {
  return (
    result.generated.status !== 'generated' ||
    (result.judged?.findings ?? []).length > 0 ||
    wasRepaired(result) ||
    fellBack(result.generated)
  );
}

function spent(results: readonly EvalResult[]): Pick<EvalFigures, 'tokensIn' | 'tokensOut' | 'cost'> {
  const sum = { tokensIn: 0, tokensOut: 0, cost: 0 };
  for (const { generated } of results) {
    const { tokensIn = 0, tokensOut = 0, costMicros = 0 } = traceOf(generated);
    sum.tokensIn += tokensIn;
    sum.tokensOut += tokensOut;
    sum.cost += costMicros / 1_000_000;
  }
  return sum;
}

/** A finding without what it was found in: `FALSE_CLAIM SWAP`, `NOT_LOW`. */
export function kindOfFinding(finding: string): string {
  const [kind = '', of = ''] = finding.split(' ');
  return ['FALSE_CLAIM', 'HOLDS_AVOIDED', 'CONTRADICTION', 'NOT_SAID', 'UNTOLD_FACT'].includes(kind) ? `${kind} ${of}` : kind;
}

/** How often each word stands there, most first. */
export function counted(words: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return Object.fromEntries([...counts].toSorted(([a, x], [b, y]) => y - x || a.localeCompare(b)));
}

function meanJaccard(sets: readonly ReadonlySet<string>[]): number | null {
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
