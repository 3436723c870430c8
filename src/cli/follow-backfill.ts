import { setTimeout as delay } from 'node:timers/promises';
import { asTyped } from '../as-typed.js';
import { isSettled } from '../domain/backfill/date-status.js';
import type { Core } from '../server/core.js';
import { isOver, readBackfill, type BackfillState } from './backfill-state.js';
import { CommandFailed, Interrupted } from './exit-code.js';
import { startPace } from './screen/bar.js';
import type { Shell } from './shell.js';
import { watchDatabase } from './watch-database.js';

/**
 * Shows how many dates of a backfill are done, until all are. @returns its last state
 * @throws Interrupted when the shell's signal aborts; CommandFailed when the database stays away
 */
export async function followBackfill({ config, screen, signal }: Shell, core: Core, backfillId: string): Promise<BackfillState> {
  const bar = screen.startBar('Dates');
  const pace = startPace();
  const database = watchDatabase(core.pool);
  try {
    for (;;) {
      if (signal.aborted) throw new Interrupted(`stopped waiting; the backfill goes on: "${asTyped('backfill list')}" shows it`);
      const state = await Promise.race([readBackfill(core, backfillId), database.lost]);
      if (state === undefined) throw new CommandFailed(`backfill ${backfillId} is in no view: run "${asTyped('rebuild')}"`);
      bar.update(pace(state.dates.filter(({ status }) => isSettled(status)).length, state.dates.length));
      if (isOver(state)) return state;
      await delay(config.BATCH_POLL_MS, undefined, { signal }).catch(() => undefined);
    }
  } finally {
    database.stop();
    bar.end();
  }
}
