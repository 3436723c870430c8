import { requestRun } from '../../application/run/request-run.js';
import { showAskedRun } from './asked-run.js';
import type { ExitCode } from '../shell/exit-code.js';
import { withNamedUsers } from './named-users.js';
import { orderOf, type RunOptions } from './run-order.js';
import type { Shell } from '../shell/shell.js';
import { withWorkPlace } from './work-place.js';

/** Asks for a run, and with `wait` sees it through: in this process when no worker is alive. */
export function run(shell: Shell, options: RunOptions): Promise<ExitCode> {
  const wait = options.wait === true;
  const firstSchedule = options.dryRun !== true && options.shadow !== true && options.withoutSchedule === undefined;
  return withWorkPlace(shell, { need: 'any', waits: wait, firstSchedule }, async (core, place) => {
    const order = orderOf(await withNamedUsers(core, options));
    const answer = await requestRun(core.deps, order, { actor: 'cli' });
    return showAskedRun(shell, core, answer, { wait, place, stopWhenPaused: options.stopWhenPaused });
  });
}
