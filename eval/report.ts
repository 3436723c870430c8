import type { DaysReport } from './days.js';
import type { ChoiceFigures } from './choices.js';
import type { EvalFigures } from './figures.js';
import type { ProofReport } from './proof.js';
import type { QuestionTokens, Spread } from './tokens.js';

/** An evaluation as its file holds it. */
export interface EvalReport {
  readonly at: string;
  readonly generator: string;
  /** The model, or the version of the rules. */
  readonly model: string;
  readonly language: string;
  readonly seed: number;
  readonly figures: EvalFigures;
  /** How well dishes and points were chosen; absent in files of earlier releases. */
  readonly choices?: ChoiceFigures;
  /** What questions to a model about these patients take, by every generator; absent in files of earlier releases. */
  readonly question?: QuestionTokens;
  /** Absent where days were not asked for. */
  readonly days?: DaysReport;
  /** Absent where it was not asked for. */
  readonly proof?: ProofReport;
}

/** One or two evaluations as a table; with two, each in a column of its own. */
export function tableOf(reports: readonly EvalReport[]): string[] {
  const columns = reports.map(linesOf);
  const names = mergedNames(columns.map((column) => [...column.keys()]));
  const rows = names.map((name) => [name, ...columns.map((column) => column.get(name) ?? '0')]);
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length))) ?? [];
  return rows.map((row) => row.map((cell, at) => (at === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  '));
}

/** Every name once; one that only a later list has stands where it stands there, after the one before it. */
function mergedNames(lists: readonly (readonly string[])[]): string[] {
  const names: string[] = [];
  for (const list of lists) {
    let place = 0;
    for (const name of list) {
      const known = names.indexOf(name);
      if (known < 0) names.splice(place, 0, name);
      place = (known < 0 ? place : known) + 1;
    }
  }
  return names;
}

function linesOf({ generator, model, language, figures, choices, question, days, proof }: EvalReport): Map<string, string> {
  const { failed, findings, turnedBack, fallbacks, byKind, latencyMs, cost } = figures;
  return new Map([
    ['generator', generator],
    ['model', model],
    ['language', language],
    ['patients', String(figures.patients)],
    ['generated', String(figures.generated)],
    ['sentences looked up', String(figures.sentences)],
    ['different points', String(figures.points)],
    ['findings of the oracle', String(total(findings))],
    ...under('found', findings),
    ['rows not judged', String(figures.notJudged)],
    ['failed', String(total(failed))],
    ...under('failed', failed),
    ['turned back by the gate', String(total(turnedBack))],
    ...under('turned back', turnedBack),
    ['patients with an untrue point left out', String(figures.untruePoints)],
    ['repaired', String(figures.repaired)],
    ['fell back', String(total(fallbacks))],
    ...under('fell back', fallbacks),
    ...under('trouble with', byKind),
    ['distinct foods', String(figures.distinctFoods)],
    ['mean Jaccard between patients', figures.meanJaccard?.toFixed(3) ?? '-'],
    ['latency p50, ms', latencyMs.p50.toFixed(2)],
    ['latency p95, ms', latencyMs.p95.toFixed(2)],
    ['tokens in', String(figures.tokensIn)],
    ['tokens out', String(figures.tokensOut)],
    ['cost, US$', cost.toFixed(4)],
    ...(choices === undefined ? [] : choiceLines(choices)),
    ...(question === undefined ? [] : questionLines(question)),
    ...(days === undefined ? [] : daysLines(days)),
    ...(proof === undefined ? [] : proofLines(proof)),
  ]);
}

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

function under(name: string, counts: Readonly<Record<string, number>>): [string, string][] {
  return Object.entries(counts).map(([code, count]) => [`  ${name} ${code}`, String(count)]);
}

function choiceLines({ planCovered, pointsSaid, pointsDropped }: ChoiceFigures): [string, string][] {
  return [
    ['categories of the plan covered', planCovered.toFixed(3)],
    ['points said', String(pointsSaid)],
    ['points that were not true', String(pointsDropped)],
  ];
}

function questionLines({ prefix, fresh, effective, out }: QuestionTokens): [string, string][] {
  return [
    ['question: shared tokens, schema included', String(prefix)],
    ['question: tokens of a patient', spreadOf(fresh)],
    ['question: effective tokens in', spreadOf(effective)],
    ['question: tokens of a sound answer', spreadOf(out)],
  ];
}

function spreadOf({ mean, most }: Spread): string {
  return `${mean} (most ${most})`;
}

function daysLines({ patients, days, overlap, repeated, findings }: DaysReport): [string, string][] {
  return [
    ['patients by days', `${patients} x ${days}`],
    ['mean overlap with the day before', overlap?.toFixed(3) ?? '-'],
    ['sentences on two days running', String(repeated)],
    ['findings over the days', String(total(findings))],
    ...under('over the days', findings),
  ];
}

function proofLines({ proposals, turnedBack, passed, findings, combinations, days, dishes, barred }: ProofReport): [string, string][] {
  return [
    ['hostile proposals', String(proposals)],
    ['  turned back', String(turnedBack)],
    ['  passed, all of it rendered by us', String(passed)],
    ['findings in what passed', String(total(findings))],
    ...under('in what passed', findings),
    ['sets of restrictions by days', `${combinations} x ${days}`],
    ['dishes offered to them', String(dishes)],
    ['dishes that hold what must be avoided', String(barred)],
  ];
}
