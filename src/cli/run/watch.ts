import { isFinal } from '../../domain/run/run.js';
import { withCore } from '../database/command-database.js';
import type { ExitCode } from '../shell/exit-code.js';
import { livingWorkers, noWorker } from './living-workers.js';
import { lookUpRun } from './run-lookup.js';
import type { Shell } from '../shell/shell.js';
import { say } from '../words/catalogue.js';
import { waitForRun } from './wait-for-run.js';

/** Options of `watch`. */
export interface WatchOptions {
  readonly stopWhenPaused?: boolean;
}

/** Follows a run until it has ended: the one of an id, or else the latest active one, or else the last. JSON: a line for every state. */
export async function watch(shell: Shell, runId: string | undefined, { stopWhenPaused = false }: WatchOptions = {}): Promise<ExitCode> {
  return withCore(shell, 'existing', async (core) => {
    const stored = await lookUpRun(core, runId);
    shell.print(say('runHead', { run: stored.run.runId }));
    if (!isFinal(stored.run.status) && (await livingWorkers(core.workers)).length === 0) shell.screen.say(noWorker());
    return waitForRun(shell, core, stored, { afterwards: say('stoppedWatching'), json: 'every', stopWhenPaused });
  });
}
