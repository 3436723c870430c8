import { requestRun } from '../../application/run/request-run.js';
import { showAskedRun } from './asked-run.js';
import type { ExitCode } from '../shell/exit-code.js';
import { orderOf, type RunOptions } from './run-order.js';
import type { Shell } from '../shell/shell.js';
import { withWorkPlace } from './work-place.js';

/** Asks for a run, and with `wait` sees it through: in this process when no worker is alive. */
export function run(shell: Shell, options: RunOptions): Promise<ExitCode> {
  const wait = options.wait === true;
  const order = orderOf(options);
  const firstSchedule = order.dryRun !== true && order.shadow !== true && order.withoutSchedule === undefined;
  return withWorkPlace(shell, { need: 'any', waits: wait, firstSchedule }, async (core, place) => {
    const answer = await requestRun(core.deps, order, { actor: 'cli' });
    return showAskedRun(shell, core, answer, { wait, place, stopWhenPaused: options.stopWhenPaused });
  });
}
