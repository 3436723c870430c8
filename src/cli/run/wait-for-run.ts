import type { StoredRun } from '../../application/ports.js';
import { isFinal, type Run } from '../../domain/run/run.js';
import type { ProgressState } from '../../feeds/progress-feed.js';
import type { Core } from '../../runtime/core.js';
import type { ExitCode } from '../shell/exit-code.js';
import { followRun } from './follow-run.js';
import { exitCodeOf, progressDocument, statusWords } from './run-result.js';
import { say, nameOf } from '../words/catalogue.js';
import type { Shell } from '../shell/shell.js';
import { type Tally, SKIP_REASONS } from '../../domain/outcome.js';
import { RunLinkQueries } from '../../projections/queries/run-link-queries.js';
import { count, duration } from '../screen/figures.js';
import type { RunProgress } from '../../domain/run/progress.js';
import { padToWidth } from '../screen/text-width.js';
import { RunFiguresQueries, type ShadowFigures } from '../../projections/queries/run-figures-queries.js';
import { spokenLanguage } from '../words/language.js';
import { BatchQueries } from '../../projections/queries/batch-queries.js';
import { type Awaited, watchBatches } from './watch-batches.js';

/** What a shadow run found. */
type ShadowReport = Omit<ShadowFigures, 'runId'>;

const NOTHING: ShadowReport = { compared: 0, same: 0, withoutSaved: 0, byField: {} };

/** Counts where a shadow run's advice differs from what is saved. */
async function shadowReport(core: Core, runId: string): Promise<ShadowReport> {
  const [figures] = await new RunFiguresQueries(core.orm.em.fork()).shadows([runId]);
  if (figures === undefined) return NOTHING;
  const { runId: _runId, ...report } = figures;
  return report;
}

/** The report for people: a line for each field, most users first. */
function shadowLines({ compared, same, withoutSaved, byField }: ShadowReport): string[] {
  const fields = Object.entries(byField).toSorted(([a, x], [b, y]) => y - x || a.localeCompare(b));
  return [
    say('comparedWithSaved', { compared: count(compared), same: count(same), without: count(withoutSaved) }),
    ...fields.map(([field, users]) => `  ${padToWidth(fieldName(field), 20)} ${count(users).padStart(9)}`),
  ];
}

function fieldName(field: string): string {
  return spokenLanguage() === 'en' ? field.toLowerCase().replaceAll('_', ' ') : nameOf('InterventionField', field);
}

/** How a command waits for a run. */
export interface Waiting {
  /** What becomes of the run when the wait is interrupted. */
  readonly afterwards: string;
  /** What JSON shows: the last state alone, or every state on a line of its own. */
  readonly json: 'last' | 'every';
  /** Whether a pause ends the wait: with an exit code of its own. */
  readonly stopWhenPaused: boolean;
}

/** Shows a run until it has ended, then what became of its users. @returns what the end means for the command */
export async function waitForRun(shell: Shell, core: Core, { run, month }: StoredRun, waiting: Waiting): Promise<ExitCode> {
  const { afterwards, json, stopWhenPaused } = waiting;
  let last: ProgressState | undefined;
  const onState = (state: ProgressState): void => {
    last = state;
    if (json === 'every') shell.printJson(progressDocument(state));
  };
  const { config, screen, signal } = shell;
  const label = say('recordsLabel', { date: run.request.recordDate });
  const following = { screen, label, pollMs: config.BATCH_POLL_MS, signal, afterwards, stopWhenPaused, onState };
  const batches = run.request.mode === 'BATCH' ? showBatches(shell, core, run.runId) : undefined;
  const progress = await followRun(core, { runId: run.runId, month }, following).finally(() => batches?.stop());
  const ended = isFinal(progress.status) && (await core.deps.outcomes.letGo(month)) === undefined;
  const shadow = ended && run.request.shadow === true ? await shadowReport(core, run.runId) : undefined;
  const report = ended && run.request.dryRun && shadow === undefined ? await dryReport(core, run, progress) : undefined;
  const reports = { ...(shadow && { shadowReport: shadow }), ...(report && { report }) };
  if (json === 'last' && last !== undefined) shell.printJson({ ...progressDocument(last), ...reports });
  for (const line of summaryLines(progress)) shell.print(line);
  if (shadow !== undefined) for (const line of shadowLines(shadow)) shell.print(line);
  if (report !== undefined) shell.print(reportLine(report));
  return exitCodeOf(progress.status);
}

function showBatches({ config, screen }: Shell, { orm }: Core, runId: string): { stop(): void } {
  const look = async (): Promise<Awaited | undefined> => (await new BatchQueries(orm.em.fork()).awaited([runId]))[0];
  return watchBatches(look, config.BATCH_TIME_ZONE, (line) => screen.say(line));
}

/** What a dry run would have written, with the names that GraphQL's `Run.report` uses. */
interface DryReport {
  readonly interventions: number;
  /** Of them, those in the place of one that is there. */
  readonly replacing: number;
  /** Users who would keep the one that is there. */
  readonly keeping: number;
}

/** Reads what a dry run would have written. */
async function dryReport(core: Core, { runId, request }: Run, tally: Tally): Promise<DryReport> {
  const links = new RunLinkQueries(core.orm.em.fork());
  const replacing = request.onExisting === 'SKIP' ? 0 : ((await links.replaced([runId])).get(runId) ?? 0);
  return { interventions: tally.generated, replacing, keeping: tally.reasons['INTERVENTION_EXISTS'] ?? 0 };
}

/** The report on a line. */
function reportLine({ interventions, replacing, keeping }: DryReport): string {
  return say('dryReport', { interventions: count(interventions), replacing: count(replacing), keeping: count(keeping) });
}

/** How a run ended and what became of its users: a line for each outcome with its reasons, most frequent first. A user can have two reasons. */
export function summaryLines(progress: RunProgress): string[] {
  const { status, roster, startedAt, at } = progress;
  const took = startedAt === null ? '' : say('took', { time: duration((Date.parse(at) - Date.parse(startedAt)) / 1_000) });
  const title = say('runEnded', { status: statusWords(status), took, users: count(roster ?? 0) });
  return [title, ...tallyLines(progress).map((line) => `  ${line}`)];
}

function tallyLines(tally: Tally): string[] {
  const lines = [
    outcomeLine('generated', tally.generated),
    outcomeLine('skipped', tally.skipped, reasons(tally, isSkip)),
    outcomeLine(
      'failed',
      tally.failed,
      reasons(tally, (code) => !isSkip(code)),
    ),
  ];
  return tally.cancelled === 0 ? lines : [...lines, outcomeLine('cancelled', tally.cancelled)];
}

function isSkip(code: string): boolean {
  return (SKIP_REASONS as readonly string[]).includes(code);
}

function outcomeLine(outcome: 'generated' | 'skipped' | 'failed' | 'cancelled', users: number, why = ''): string {
  return `${padToWidth(say(outcome), 9)} ${count(users).padStart(9)}${why === '' ? '' : `   ${why}`}`;
}

function reasons(tally: Tally, wanted: (code: string) => boolean): string {
  const found = Object.entries(tally.reasons).filter(([code, users]) => wanted(code) && users > 0);
  const words = found.toSorted(([, a], [, b]) => b - a).map(([code, users]) => `${wordsOf(code)} ${count(users)}`);
  return words.join(', ');
}

/** A code that this release has no words for is shown as it stands: another release's worker may have written it. */
function wordsOf(code: string): string {
  return nameOf(isSkip(code) ? 'SkipReason' : 'FailureCode', code);
}
