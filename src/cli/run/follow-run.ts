import { isFinal } from '../../domain/run/run.js';
import { doneOf, paceOf, type RunProgress } from '../../domain/run/progress.js';
import type { LocalDate } from '../../domain/local-date.js';
import { abortable } from '../../feeds/abortable.js';
import { progressAsKept } from '../../feeds/let-go-progress.js';
import type { ProgressState } from '../../feeds/progress-feed.js';
import { ProgressFeeds } from '../../feeds/progress-feeds.js';
import type { Core } from '../../runtime/core.js';
import { Interrupted } from '../shell/exit-code.js';
import type { BarState } from '../screen/bar.js';
import { pausedLines } from './paused-run.js';
import type { Screen } from '../screen/screen.js';
import { watchDatabase } from '../database/watch-database.js';
import { say } from '../words/catalogue.js';

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
  /** Whether a pause ends it as the run's end does. */
  readonly stopWhenPaused?: boolean;
  /** Told of every state, the present one first. */
  readonly onState?: (state: ProgressState) => void;
}

/**
 * Shows the progress of a run, on whichever process it works, until it has ended: also that it is paused, why, and what lets it go on. @returns its last state
 * @throws Interrupted when `signal` aborts; CommandFailed when the database stays away
 */
export async function followRun(core: Core, run: { runId: string; month: LocalDate }, following: Following): Promise<RunProgress> {
  const { screen, label, pollMs, signal, afterwards, stopWhenPaused = false, onState } = following;
  const kept = await progressAsKept(core.deps, run);
  if (kept !== undefined) {
    onState?.(kept);
    return kept.progress;
  }
  const feeds = new ProgressFeeds(core.log, { pollMs, subscribe: (listener) => core.wakeUps.subscribe(listener) });
  const states = abortable((ended) => feeds.follow(run, AbortSignal.any([signal, ended])));
  const bar = screen.startBar(label);
  const database = watchDatabase(core.pool);
  let told = '';
  try {
    for (;;) {
      const next = await Promise.race([states.next(), database.lost]);
      if (next.done === true) throw new Interrupted(afterwards);
      const { progress } = next.value;
      bar.update(barStateOf(progress));
      onState?.(next.value);
      const isPaused = progress.status === 'PAUSED';
      const lines = isPaused ? pausedLines(progress) : [];
      // Another cause may take a pause over, and what it waits for may turn out to be an operator.
      if (lines.join() !== told) for (const line of lines) screen.say(line);
      if (isFinal(progress.status) || (isPaused && stopWhenPaused)) return progress;
      if (told !== '' && !isPaused) screen.say(say('runResumed', { run: run.runId }));
      told = lines.join();
    }
  } finally {
    database.stop();
    bar.end();
    await states.return?.();
  }
}

function barStateOf(progress: RunProgress): BarState {
  const { usersPerSecond, secondsLeft } = paceOf(progress);
  const halt = progress.status === 'PAUSED' ? { halt: 'paused' } : {};
  return { done: doneOf(progress), total: progress.roster, perSecond: usersPerSecond, secondsLeft, ...halt };
}
