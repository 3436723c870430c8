import { retryRun } from '../../application/run/retry-run.js';
import type { FailureCode, SkipReason } from '../../domain/outcome.js';
import type { RetriableOutcome } from '../../domain/run/decide-retry.js';
import type { OnExisting } from '../../domain/run/run-events.js';
import { showAskedRun } from './asked-run.js';
import type { ExitCode } from '../shell/exit-code.js';
import type { Shell } from '../shell/shell.js';
import { withWorkPlace } from './work-place.js';
import { OWN_ACTORS } from '../../domain/own-actors.js';

/** Options of `retry`, checked. `reason` are skip reasons and failure codes; `why` is an operator's word. */
export interface RetryOptions {
  readonly only?: readonly RetriableOutcome[];
  readonly reason?: readonly (SkipReason | FailureCode)[];
  readonly onExisting?: Lowercase<OnExisting>;
  readonly why?: string;
  readonly withoutSchedule?: string;
  readonly wait?: boolean;
  readonly stopWhenPaused?: boolean;
}

/** Asks for a new run over users of one that has ended, and with `wait` sees it through. */
export function retry(shell: Shell, runId: string, { wait = false, ...options }: RetryOptions): Promise<ExitCode> {
  const { only, reason, onExisting, why, withoutSchedule } = options;
  const order = {
    ...(only !== undefined && { only }),
    ...(reason !== undefined && { reasons: reason }),
    ...(onExisting !== undefined && { onExisting: onExisting.toUpperCase() as OnExisting }),
    ...(why !== undefined && { reason: why }),
    ...(withoutSchedule !== undefined && { withoutSchedule }),
  };
  return withWorkPlace(shell, { need: 'existing', waits: wait, firstSchedule: false }, async (core, place) => {
    const answer = await retryRun(core.deps, runId, order, { actor: OWN_ACTORS.cli });
    return showAskedRun(shell, core, answer, { wait, place, stopWhenPaused: options.stopWhenPaused });
  });
}
