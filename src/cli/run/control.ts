import { cancelRunBecause, pauseRunBecause } from '../../application/run/order-run.js';
import { resumeRun } from '../../application/run/pause-run.js';
import type { StoredRun } from '../../application/ports.js';
import { isRejection, type Rejection } from '../../domain/rejection.js';
import { isFinal } from '../../domain/run/run.js';
import { refuseRun } from './asked-run.js';
import { withCore } from '../database/command-database.js';
import { EXIT, type ExitCode } from '../shell/exit-code.js';
import { livingWorkers, noWorker } from './living-workers.js';
import { statusWords } from './run-result.js';
import type { Shell } from '../shell/shell.js';
import { say } from '../words/catalogue.js';
import { OWN_ACTORS } from '../../domain/own-actors.js';

const ACTOR = OWN_ACTORS.cli;

/** Of the three orders a cancel touches most. */
type CancelPorts = Parameters<typeof cancelRunBecause>[0];

/** Cancels a run. A worker records each user without an outcome as cancelled. */
export function cancel(shell: Shell, runId: string, { reason }: { readonly reason?: string }): Promise<ExitCode> {
  return control(shell, (deps) => cancelRunBecause(deps, runId, reason, ACTOR));
}

/** Pauses a run. */
export function pause(shell: Shell, runId: string, { reason }: { readonly reason: string }): Promise<ExitCode> {
  return control(shell, (deps) => pauseRunBecause(deps, runId, reason, ACTOR));
}

/** Lets a paused run go on. */
export function resume(shell: Shell, runId: string): Promise<ExitCode> {
  return control(shell, (deps) => resumeRun(deps, runId, ACTOR));
}

function control(shell: Shell, order: (deps: CancelPorts) => Promise<StoredRun | Rejection>): Promise<ExitCode> {
  return withCore(shell, 'existing', async (core) => {
    const answer = await order(core.deps);
    if (isRejection(answer)) return refuseRun(shell, answer);
    const { runId, status, cancelRequestedAt, pausedCause, pausedReason } = answer.run;
    const ends = cancelRequestedAt !== null && !isFinal(status);
    shell.print(ends ? say('beingCancelled', { run: runId }) : say('nowIs', { run: runId, status: statusWords(status) }));
    shell.printJson({ runId, status, cancelRequestedAt, pausedCause, pausedReason });
    const waits = ends || status === 'RUNNING' || status === 'PLANNED' || status === 'REQUESTED';
    if (waits && (await livingWorkers(core.workers)).length === 0) shell.screen.say(noWorker());
    return EXIT.done;
  });
}
