import { completeRun } from './complete-run.js';
import type { Deps } from './ports.js';

/** Rings for every run that has something due and nobody at it: after a lost ring, a killed worker or a crash between two steps. @returns how many */
export async function sweep(deps: Deps): Promise<number> {
  const stranded = await deps.lanes.stranded();
  for (const runId of stranded) {
    await completeRun(deps, runId);
    await deps.bell.planRun(runId);
  }
  return stranded.length;
}
