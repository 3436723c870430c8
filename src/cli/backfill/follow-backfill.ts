import { setTimeout as delay } from 'node:timers/promises';
import { asTyped } from '../../base/as-typed.js';
import { isSettled } from '../../domain/backfill/date-status.js';
import type { Core } from '../../runtime/core.js';
import { isHalted, isOver, pausesOf, readBackfill, type BackfillState } from './backfill-state.js';
import { CommandFailed, Interrupted } from '../shell/exit-code.js';
import { pausedLines } from '../run/paused-run.js';
import { startPace } from '../screen/bar.js';
import type { Shell } from '../shell/shell.js';
import { watchDatabase } from '../database/watch-database.js';
import { say } from '../words/catalogue.js';

/** How a backfill is followed. */
export interface FollowingBackfill {
  /** Whether it ends when all that is active of the backfill is paused. */
  readonly stopWhenPaused: boolean;
}

/**
 * Shows how many dates of a backfill are done, until all are, and what keeps one from being done. @returns its last state
 * @throws Interrupted when the shell's signal aborts; CommandFailed when the database stays away
 */
export async function followBackfill(shell: Shell, core: Core, backfillId: string, following: FollowingBackfill): Promise<BackfillState> {
  const { config, screen, signal } = shell;
  const bar = screen.startBar(say('dates'));
  const pace = startPace();
  const database = watchDatabase(core.pool);
  const obstacles = new Obstacles((line) => screen.say(line));
  try {
    for (;;) {
      if (signal.aborted) throw new Interrupted(say('backfillGoesOn', { list: asTyped('backfill list') }));
      const state = await Promise.race([readBackfill(core, backfillId), database.lost]);
      if (state === undefined) throw new CommandFailed(say('backfillInNoView', { backfill: backfillId, rebuild: asTyped('rebuild') }));
      const halt = isHalted(state) ? { halt: say('halted') } : {};
      bar.update({ ...pace(state.dates.filter(({ status }) => isSettled(status)).length, state.dates.length), ...halt });
      obstacles.tell(state, await activeSchedules(core));
      if (isOver(state) || (following.stopWhenPaused && isHalted(state))) return state;
      await delay(config.BATCH_POLL_MS, undefined, { signal }).catch(() => undefined);
    }
  } finally {
    database.stop();
    bar.end();
  }
}

/** Says once of each thing that keeps a backfill from going on what it is, and again when it has come back. */
class Obstacles {
  private told: ReadonlySet<string> = new Set();

  constructor(private readonly show: (line: string) => void) {}

  tell(state: BackfillState, schedules: number): void {
    const found = new Map(pausesOf(state).map((pause) => [pause.runId, pausedLines(pause)]));
    const waits = state.dates.some(({ status }) => status === 'WAITING');
    if (waits && schedules === 0 && state.withoutSchedule === null) found.set('schedule', [say('datesWait'), `  ${scheduleHelp()}`]);
    for (const [what, lines] of found) if (!this.told.has(what)) for (const line of lines) this.show(line);
    this.told = new Set(found.keys());
  }
}

function scheduleHelp(): string {
  return say('schedulesHelp', { list: asTyped('schedule list'), resume: asTyped('schedule resume <id>') });
}

function activeSchedules(core: Core): Promise<number> {
  return core.deps.transaction((tx) => tx.runs.activeSchedules());
}
