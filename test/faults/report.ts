import type { FaultResult } from './run-fault.js';

/** A deliberate break of the service, and which checks noticed. */
export interface MutantResult {
  readonly name: string;
  readonly under: string;
  /** What the checkers said, in words; empty when it got past them. */
  readonly caughtBy: readonly string[];
}

/** Where and how a suite ran. */
export interface SuiteFacts {
  /** ISO date. */
  readonly date: string;
  readonly cores: number;
  readonly node: string;
  readonly postgres: string;
  /** The server that stood for MongoDB, or why there was none. */
  readonly mongo: string;
  readonly seeds: number;
  readonly minutes: number;
}

/** The head of the table of faults. */
export const HEAD = ['#', 'fault', 'seeds', 'bites', 'lost', 'doubled', 'p50 s', 'p95 s', 'survived'];

/** The figures of a fault as cells of a table, in the order of its head. */
export function rowOf({ id, what, notMeasured, seeds }: FaultResult): string[] {
  if (notMeasured !== undefined) return [id, what, '', '', '', '', '', '', `not measured: ${notMeasured}`];
  const sum = (of: 'bites' | 'lost' | 'doubled'): string => String(seeds.reduce((so, verdict) => so + verdict[of], 0));
  const times = seeds.flatMap(({ recoveryMs }) => (recoveryMs === undefined ? [] : [recoveryMs]));
  const failed = seeds.filter(({ broken }) => broken.length > 0).map(({ seed }) => seed);
  const survived = failed.length === 0 ? 'yes' : `no: seed${failed.length > 1 ? 's' : ''} ${failed.join(', ')}`;
  return [id, what, String(seeds.length), sum('bites'), sum('lost'), sum('doubled'), seconds(times, 0.5), seconds(times, 0.95), survived];
}

function seconds(times: readonly number[], share: number): string {
  const sorted = times.toSorted((a, b) => a - b);
  const found = sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];
  return found === undefined ? '' : (found / 1_000).toFixed(1);
}

/** The report as a page of the documentation. */
export function markdown(facts: SuiteFacts, results: readonly FaultResult[], mutants: readonly MutantResult[]): string {
  const { date, cores, node, postgres, mongo, seeds, minutes } = facts;
  const survived = results.filter(
    ({ notMeasured, seeds: all }) => notMeasured === undefined && all.every(({ broken }) => broken.length === 0),
  );
  const measured = results.filter(({ notMeasured }) => notMeasured === undefined);
  return `# Faults

Written by \`npm run test:faults -- --write docs/faults.md\`, not by hand: the last run that was kept.

${date.slice(0, 10)}, ${cores} cores, Node ${node}, ${postgres}; MongoDB: ${mongo}; up to ${seeds} seeds for each fault, ${Math.round(minutes)} minutes.
**${survived.length} of ${measured.length} faults survived; lost ${total(results, 'lost')}, doubled ${total(results, 'doubled')}; ${mutants.filter(({ caughtBy }) => caughtBy.length > 0).length} of ${mutants.length} mutants caught.**

Faults meet real processes on a real PostgreSQL. Those of the log and of the rules of slots (13, 18b, 21, 22) meet the shipped code on that PostgreSQL, in the
suite's own process. What a language model does wrong (23) is tried by \`test/faults/llm-answers.test.ts\` and \`llm-outages.test.ts\`;
receivers and senders of alerts that fail (35) by \`test/drills/alerts.test.ts\`, two releases on one database (37) by \`test/drills/rolling-upgrade.test.ts\`, and costly operations
(31) by \`npm run bench -- --only operations\`.

- *bites*: how often the fault really struck. *lost*, *doubled*: users, slots or events, by a checker that reads SQL and the API alone.
- *p50*, *p95*: seconds from the strike to the end of the run (or of what else was struck), over the seeds.
- A seed draws what is killed, when and how: \`npm run test:faults -- --only 3 --seed 7\` runs one again.

${table(HEAD, results.map(rowOf))}
## What must hold after each

${table(
  ['#', 'promise'],
  results.map(({ id, promise }) => [id, promise]),
)}
## Mutants

Deliberate breaks of the service, each under a fault that it cannot survive: what says so shows that the checkers can.

${table(
  ['mutant', 'under', 'caught by'],
  mutants.map(({ name, under, caughtBy }) => [name, under, caughtBy.join('; ') || 'NOT CAUGHT']),
)}${whatBroke(results)}`;
}

function total(results: readonly FaultResult[], of: 'lost' | 'doubled'): number {
  return results.flatMap(({ seeds }) => seeds).reduce((sum, verdict) => sum + verdict[of], 0);
}

function whatBroke(results: readonly FaultResult[]): string {
  const lines = results.flatMap(({ id, seeds }) =>
    seeds.filter((verdict) => verdict.broken.length > 0).map(({ seed, broken: words }) => `- ${id}, seed ${seed}: ${words.join('; ')}`),
  );
  return lines.length === 0 ? '' : `\n## What did not hold\n\n${lines.join('\n')}\n`;
}

/** Cells as a Markdown table with columns of one width. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const escaped = rows.map((row) => row.map((cell) => cell.replaceAll('|', String.raw`\|`).replaceAll('\n', ' ')));
  const widths = head.map((title, column) => Math.max(title.length, ...escaped.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |\n`;
  return line(head) + line(widths.map((width) => '-'.repeat(width))) + escaped.map(line).join('');
}
