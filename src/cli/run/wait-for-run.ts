import type { StoredRun } from '../../application/ports.js';
import { isFinal } from '../../domain/run/run.js';
import type { ProgressState } from '../../feeds/progress-feed.js';
import type { Core } from '../../runtime/core.js';
import type { ExitCode } from '../shell/exit-code.js';
import { followRun } from './follow-run.js';
import { dryReport, reportLine } from './dry-report.js';
import { exitCodeOf, progressDocument } from './run-result.js';
import { say } from '../words/catalogue.js';
import { summaryLines } from './run-summary.js';
import { shadowLines, shadowReport } from './shadow-report.js';
import type { Shell } from '../shell/shell.js';

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
  const progress = await followRun(core, { runId: run.runId, month }, following);
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
