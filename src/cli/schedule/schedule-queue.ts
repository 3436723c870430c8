import { cancelQueuedRuns } from '../../application/run/cancel-queued-runs.js';
import { refuseRun } from '../run/asked-run.js';
import { withCore } from '../database/command-database.js';
import { EXIT, type ExitCode } from '../shell/exit-code.js';
import { count } from '../screen/figures.js';
import type { Shell } from '../shell/shell.js';
import { isRejection } from '../../domain/rejection.js';
import { CLI_ACTOR } from './schedule-edit.js';
import { say } from '../words/catalogue.js';

/** Cancels the runs of a schedule that have not begun. */
export function scheduleCancelQueued(shell: Shell, id: string, { reason }: { readonly reason?: string }): Promise<ExitCode> {
  return withCore(shell, 'existing', async ({ deps }) => {
    const answer = await cancelQueuedRuns(deps, id, { actor: CLI_ACTOR, reason });
    if (isRejection(answer)) return refuseRun(shell, answer);
    const { cancelled, underWay } = answer;
    shell.print(say('queueCancelled', { cancelled: count(cancelled), underWay: count(underWay) }));
    shell.printJson({ scheduleId: id, cancelled, underWay });
    return EXIT.done;
  });
}
