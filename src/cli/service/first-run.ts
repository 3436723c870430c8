import type { Core } from '../../runtime/core.js';
import { ensureFirstRun } from '../../runtime/first-start.js';
import { followRun } from '../run/follow-run.js';
import { summaryLines } from '../run/run-summary.js';
import { isRejection } from '../../domain/rejection.js';
import type { Serving } from './serving.js';

/**
 * Runs last night's batch over new demo patients and shows it until it has ended. Where a schedule was faster its run is shown instead, and
 * a run that cannot be had keeps no service from starting.
 */
export async function showFirstRun(core: Core, demo: { readonly until: string }, serving: Serving): Promise<void> {
  const answer = await ensureFirstRun(core, demo);
  if (answer === undefined) return;
  const { screen, signal } = serving;
  const runId = isRejection(answer) ? answer.runId : answer.run.runId;
  const stored = runId === undefined ? undefined : await core.deps.runs.find(runId);
  if (stored === undefined) return screen.say(`  No first run: ${isRejection(answer) ? answer.message : 'it is in no view'}`);
  const progress = await followRun(
    core,
    { runId: stored.run.runId, month: stored.month },
    {
      screen,
      label: "  Last night's batch",
      pollMs: serving.config.BATCH_POLL_MS,
      signal,
      afterwards: 'the first run waits for the next start',
      stopWhenPaused: true, // the service is ready all the same, and is what an operator resumes it with
    },
  );
  screen.say();
  for (const line of summaryLines(progress)) screen.say(`  ${line}`);
}
