import { LOCK_NOT_AVAILABLE } from '../../database/connect.js';
import type pg from 'pg';
import type { LetGoMonth } from '../../domain/retention/retention.js';
import { codeOf } from '../../base/error-code.js';
import { letMonthGo, type Ground } from './let-month-go.js';
import type { Held } from './month-facts.js';
import { planRetention } from './plan-retention.js';

/** A month that is older than what is kept, and what keeps it. */
export interface HeldMonth {
  readonly month: string;
  readonly held: Held;
}

/** What was done. */
export interface RetentionReport {
  readonly status: 'DONE';
  readonly letGo: readonly LetGoMonth[];
  readonly held: readonly HeldMonth[];
}

const TURN = "hashtext('batch retention')";
/**
 * Lets every month go that is older than the month that goes on and `keep` before it, oldest first; what keeps one of them keeps no other. One process at a time
 * does this. A month that cannot be let go keeps no later one: the first fault is thrown when all have had their turn. @param waitMs for which another one is waited for @returns BUSY where another one was still at it
 */
export async function runRetention(ground: Ground, keep: number, waitMs: number): Promise<RetentionReport | { readonly status: 'BUSY' }> {
  // A connection of its own: the lock goes when the process does.
  const turn = await ground.pool.connect();
  try {
    if (!(await isMyTurn(turn, waitMs))) return { status: 'BUSY' };
    return await letDueGo(ground, keep);
  } finally {
    // Given back first: a server ends the session of a closed connection a moment later, and an order right behind this one would find it busy.
    await turn.query(`select pg_advisory_unlock(${TURN})`).catch(() => undefined);
    turn.release(true);
  }
}

async function isMyTurn(turn: pg.PoolClient, waitMs: number): Promise<boolean> {
  await turn.query(`set lock_timeout = ${Math.max(1, Math.round(waitMs))}`);
  try {
    await turn.query(`select pg_advisory_lock(${TURN})`);
    return true;
  } catch (error) {
    if (codeOf(error) !== LOCK_NOT_AVAILABLE) throw error;
    return false;
  }
}

async function letDueGo(ground: Ground, keep: number): Promise<RetentionReport> {
  const letGo: LetGoMonth[] = [];
  const held: HeldMonth[] = [];
  const { months } = await planRetention(ground.pool, keep);
  const faults: unknown[] = [];
  for (const { month } of months.filter(({ due }) => due)) {
    try {
      const done = await letMonthGo(ground, month);
      if ('letGo' in done) letGo.push(done.letGo);
      else held.push({ month, held: done.held });
    } catch (error) {
      faults.push(error);
    }
  }
  if (faults.length > 0) throw faults[0];
  return { status: 'DONE', letGo, held };
}
