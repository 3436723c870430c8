import type { Pool } from 'pg';
import { asTyped } from '../base/as-typed.js';
import { PostgresLaneStore } from '../store/lane-store.js';
import { Workers } from '../store/workers.js';
import { ok, warning, type CheckResult } from './finding.js';
import { tell } from './finding-words.js';

/** Whether a worker is alive, and each active run has one. */
export async function judgeWork(pool: Pool): Promise<CheckResult> {
  const [alive, stranded] = await Promise.all([new Workers(pool).alive(), new PostgresLaneStore(pool).stranded()]);
  const lanes = alive.reduce((sum, worker) => sum + worker.lanes, 0);
  const found = tell('WORKERS_ALIVE', { processes: alive.length, lanes });
  if (stranded.length > 0) {
    const told = { alive: found, runs: stranded.slice(0, 3) };
    const more = stranded.length - 3;
    const waiting = more > 0 ? tell('RUNS_STRANDED_MORE', { ...told, more }) : tell('RUNS_STRANDED', told);
    return warning(waiting, lanes === 0 ? tell('START_WORKER', { command: asTyped('start') }) : tell('SWEEP_TAKES_THEM'));
  }
  return lanes > 0 ? ok(found) : warning(found, tell('NOTHING_RUNS', { command: asTyped('start') }));
}
