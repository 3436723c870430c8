import type { Generator } from '../src/application/ports.js';
import { DAILY } from '../src/domain/programs/daily/program.js';
import { Diary } from './diary.js';
import { EVALUATION } from './evaluate.js';
import { counted, kindOfFinding } from './figures.js';
import type { FoodTable } from './foods.js';
import { compareDays } from './oracle/days.js';
import type { Judgement, Oracle } from './oracle/oracle.js';
import { savedRow } from './saved-row.js';

/** What many days of some patients come to. */
export interface DaysReport {
  readonly patients: number;
  readonly days: number;
  /** Mean share of a day's dishes that the day before had as well. */
  readonly overlap: number | null;
  /** Sentences that stood there on two days running. */
  readonly repeated: number;
  readonly findings: Readonly<Record<string, number>>;
}

/** Lets a generator advise patients day after day, each day with what came of those before, and compares the days. */
export async function evaluateDays(
  generator: Generator,
  { table, oracle }: { readonly table: FoodTable; readonly oracle: Oracle },
  { patients, days, seed }: { readonly patients: number; readonly days: number; readonly seed: number },
): Promise<DaysReport> {
  const overlaps: number[] = [];
  const findings: string[] = [];
  let repeated = 0;
  for (let user = 1; user <= patients; user += 1) {
    const judged: Judgement[] = [];
    const diary = new Diary(user, { seed, days, counts: table.counts });
    for (let day = 0; day < days; day += 1) {
      const { records, inputs } = diary.on(day);
      const generated = await generator.generate(inputs, DAILY, new AbortController().signal, EVALUATION);
      if (generated.status !== 'generated') continue;
      const row = savedRow(generated.row);
      diary.note(day, row.exerciseTarget, row.fodmapCount);
      judged.push(oracle.judge(row, records, table.foods));
    }
    const compared = compareDays(judged);
    if (compared.overlap !== null) overlaps.push(compared.overlap);
    repeated += compared.repeated.length;
    findings.push(...judged.flatMap((each) => each.findings.map(kindOfFinding)));
  }
  const overlap = overlaps.length === 0 ? null : overlaps.reduce((sum, each) => sum + each, 0) / overlaps.length;
  return { patients, days, overlap, repeated, findings: counted(findings) };
}
