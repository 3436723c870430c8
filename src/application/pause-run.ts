import type { PauseCause } from '../domain/run/run-events.js';
import { isFinal } from '../domain/run/run.js';
import { reasonToPause } from '../domain/run/failure-rate.js';
import { decidePause, decideResume } from '../domain/run/decide-control.js';
import type { Rejection } from '../domain/rejection.js';
import { controlRun } from './control-run.js';
import type { ClaimedChunk, Deps, StoredRun } from './ports.js';

/** Pauses a run: lanes stop after what they write now, and nobody claims another chunk until it is resumed. */
export function pauseRun(
  deps: Deps,
  runId: string,
  pause: { readonly cause: PauseCause; readonly reason: string },
  actor: string,
): Promise<StoredRun | Rejection> {
  return controlRun(deps, runId, actor, (run) => decidePause(run, pause));
}

/** Lets a paused run go on where it stopped, and rings for lanes. */
export async function resumeRun(deps: Deps, runId: string, actor: string): Promise<StoredRun | Rejection> {
  const answer = await controlRun(deps, runId, actor, decideResume);
  // Planning a run that is planned already opens its lanes, and does nothing else.
  if ('run' in answer) await deps.bell.planRun(runId);
  return answer;
}

/** Pauses a run in which more users failed than may, counted from when it was last resumed: an operator who resumes it wants to see it try. */
export async function pauseAfterFailures(deps: Deps, runId: string): Promise<void> {
  const stored = await deps.lanes.find(runId);
  if (stored === undefined || isFinal(stored.run.status)) return;
  // Nothing is locked while the sums are made: the other lanes go on.
  const tally = await deps.transaction((tx) => tx.runs.tally(runId, stored.run.resumedAt ?? undefined));
  const reason = reasonToPause(tally, deps.settings.failurePause);
  if (reason !== undefined) await pauseRun(deps, runId, { cause: 'FAILURE_RATE', reason }, deps.settings.workerId);
}

/** Pauses a run whose generator serves nobody now; it goes on by itself when that is over. */
export async function pauseWithoutGenerator(deps: Deps, runId: string, reason: string): Promise<void> {
  await pauseRun(deps, runId, { cause: 'GENERATOR_UNAVAILABLE', reason }, deps.settings.workerId);
}

/** Pauses a run whose work the database refuses: tried again it would be refused again, and by each of its chunks. */
export async function pauseForFault(deps: Deps, { runId, chunk }: Pick<ClaimedChunk, 'runId' | 'chunk'>, code: string): Promise<void> {
  const reason = `Chunk ${chunk} cannot be worked on, the database answers ${code}. Run doctor, mend what it names, and resume the run.`;
  await pauseRun(deps, runId, { cause: 'FAULT', reason }, deps.settings.workerId);
}

/** Resumes the runs that wait for a generator which answers again. */
export async function resumeAnswered(deps: Deps): Promise<void> {
  const answers = new Map<string, boolean>();
  for (const { run } of await deps.lanes.waitingForGenerator()) {
    const { generator } = run.request;
    const ours = deps.generators.get(generator);
    if (ours === undefined) continue; // whoever has it asks it
    if (!answers.has(generator)) answers.set(generator, (await ours.answers?.()) ?? true);
    if (answers.get(generator) === true) await resumeRun(deps, run.runId, deps.settings.workerId);
  }
}
