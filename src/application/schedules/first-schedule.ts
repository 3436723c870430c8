import type { Deps, Deciding, Ordering } from '../ports.js';
import { initSchedules } from './init-schedules.js';

/**
 * Makes IBSafe's default schedule on a database that never had one: nothing runs without. One that an operator deleted stays deleted. Several
 * processes may call this at once. @returns whether it was made
 */
export async function ensureFirstSchedule(deps: Deciding & Ordering & Pick<Deps, 'exclusively'>, actor: string): Promise<boolean> {
  if (await deps.transaction((tx) => tx.schedules.everWas())) return false;
  return (await initSchedules(deps, { force: false, actor })).created !== null;
}
