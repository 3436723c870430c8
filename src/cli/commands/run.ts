import { requestRun } from '../../application/request-run.js';
import { showAskedRun } from '../asked-run.js';
import type { ExitCode } from '../exit-code.js';
import { orderOf, type RunOptions } from '../run-order.js';
import type { Shell } from '../shell.js';
import { withWorkPlace } from '../work-place.js';

/** Asks for a run, and with `wait` sees it through: in this process when no worker is alive. */
export function run(shell: Shell, options: RunOptions): Promise<ExitCode> {
  const wait = options.wait === true;
  return withWorkPlace(shell, { need: 'any', waits: wait }, async (core, place) => {
    const answer = await requestRun(core.deps, orderOf(options), { actor: 'cli' });
    return showAskedRun(shell, core, answer, { wait, place });
  });
}
