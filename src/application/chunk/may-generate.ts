import type { Program } from '../../domain/program.js';
import type { AskMode } from '../../domain/run/ask-mode.js';
import { pauseWithoutGenerator } from '../run/pause-run.js';
import type { Deps, Generator, Trying } from '../ports.js';
import { standingOf, tryGenerator } from '../run/trial.js';

/** What a run is made with. */
export interface Means {
  readonly generator: Generator;
  readonly program: Program;
  /** Batches that are out are looked at whether the endpoint answers calls or not. */
  readonly mode: AskMode;
}

/**
 * Whether chunks may be claimed for a generator. One that failed in this process is tried with one user first, and at once where the run was resumed
 * since; a run without any other worker is paused, so that it says what it waits for.
 */
export async function mayGenerate(
  deps: Trying & Pick<Deps, 'queue' | 'runs'>,
  { runId, ...means }: Means & { readonly runId: string },
  signal: AbortSignal,
): Promise<boolean> {
  const { generator, program } = means;
  if (standingOf(generator, program).status === 'SERVES') return true;
  await deps.words.renew(); // what it lacked may be signed by now
  const run = (await deps.runs.find(runId))?.run;
  const isByBatch = means.mode === 'BATCH'; // which goes its own way: only what no batch brought is asked by calls
  if (!isByBatch && (run === undefined || run.status === 'PAUSED')) return false; // then the sweep tries it, and not before the run has rested
  const resumedAt = run?.resumedAt ?? null;
  if (resumedAt !== null && deps.room.isNews(generator, `${runId} ${resumedAt}`)) generator.tryNow?.();
  if (isByBatch) return true;
  const standing = standingOf(generator, program);
  if (standing.status === 'SERVES') return true;
  const end =
    standing.status === 'AWAY' ? ({ ...standing, status: 'UNAVAILABLE' } as const) : await tryGenerator(deps, { runId, generator }, signal);
  if (end.status === 'UNAVAILABLE' && !(await deps.lanes.isWorkedOn(runId))) await pauseWithoutGenerator(deps, runId, end.reason);
  if (end.status !== 'SERVED') return false;
  await deps.queue.enqueueLanes(runId, await deps.lanes.capacity()); // of those that found it away
  return true;
}

/** An endpoint may be out of this process's reach alone: while others work on the run, it is not theirs to pause. The last one to give up does. */
export async function pauseUnlessServedElsewhere(
  deps: Pick<Deps, 'lanes' | 'progress' | 'settings' | 'transaction'>,
  runId: string,
  { means, reason }: { readonly means: Means | undefined; readonly reason: string },
): Promise<void> {
  const isAway = means !== undefined && standingOf(means.generator, means.program).status !== 'SERVES';
  if (!isAway || !(await deps.lanes.isWorkedOn(runId))) await pauseWithoutGenerator(deps, runId, reason);
}
