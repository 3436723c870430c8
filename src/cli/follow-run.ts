import { isFinal } from '../domain/run/run.js';
import { doneOf, paceOf, type RunProgress } from '../domain/run/progress.js';
import type { LocalDate } from '../domain/local-date.js';
import { abortable } from '../eventlog/abortable.js';
import { ProgressFeeds, type ProgressState } from '../projections/progress-feed.js';
import type { Core } from '../server/core.js';
import { Interrupted } from './exit-code.js';
import type { BarState } from './screen/bar.js';
import type { Screen } from './screen/screen.js';
import { watchDatabase } from './watch-database.js';

/** How a run is followed. */
export interface Following {
  readonly screen: Screen;
  /** Stands before the bar. */
  readonly label: string;
  /** Longest time in ms between two looks when no wake-up arrives. */
  readonly pollMs: number;
  readonly signal: AbortSignal;
  /** What becomes of the run when `signal` aborts: the message of `Interrupted`. */
  readonly afterwards: string;
  /** Told of every state, the present one first. */
  readonly onState?: (state: ProgressState) => void;
}

/**
 * Shows the progress of a run, whoever works on it, until it has ended. @returns its last state
 * @throws Interrupted when `signal` aborts; CommandFailed when the database stays away
 */
export async function followRun(core: Core, run: { runId: string; month: LocalDate }, following: Following): Promise<RunProgress> {
  const { screen, label, pollMs, signal, afterwards, onState } = following;
  const feeds = new ProgressFeeds(core.log, { pollMs, subscribe: (listener) => core.wakeUps.subscribe(listener) });
  const states = abortable((ended) => feeds.follow(run, AbortSignal.any([signal, ended])));
  const bar = screen.startBar(label);
  const database = watchDatabase(core.pool);
  try {
    for (;;) {
      const next = await Promise.race([states.next(), database.lost]);
      if (next.done === true) throw new Interrupted(afterwards);
      const { progress } = next.value;
      bar.update(barStateOf(progress));
      onState?.(next.value);
      if (isFinal(progress.status)) return progress;
    }
  } finally {
    database.stop();
    bar.end();
    await states.return?.();
  }
}

function barStateOf(progress: RunProgress): BarState {
  const { usersPerSecond, secondsLeft } = paceOf(progress);
  return { done: doneOf(progress), total: progress.roster, perSecond: usersPerSecond, secondsLeft };
}
