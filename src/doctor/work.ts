import type { Pool } from 'pg';
import { asTyped } from '../as-typed.js';
import { PostgresLaneStore } from '../store/lane-store.js';
import { Workers } from '../store/workers.js';
import { ok, warning, type Verdict } from './finding.js';

/** Whether somebody works, and no run waits for nobody. */
export async function judgeWork(pool: Pool): Promise<Verdict> {
  const [alive, stranded] = await Promise.all([new Workers(pool).alive(), new PostgresLaneStore(pool).stranded()]);
  const lanes = alive.reduce((sum, worker) => sum + worker.lanes, 0);
  const found = `${alive.length} processes with ${lanes} lanes give signs of life`;
  if (stranded.length > 0) {
    const waiting = `${found}; nobody is at run ${stranded.slice(0, 3).join(', ')}${stranded.length > 3 ? ` and ${stranded.length - 3} more` : ''}`;
    if (lanes === 0) return warning(waiting, `Start a worker: "${asTyped('start')}". It takes up what waits by itself.`);
    return warning(waiting, 'The sweep takes them up within seconds. If this stays, look at the log of the workers for what fails.');
  }
  return lanes > 0 ? ok(found) : warning(found, `Nothing runs until a worker does: "${asTyped('start')}".`);
}
