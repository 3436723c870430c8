import { PROGRAMS, recordDateOf, type ProgramName } from '../../parts/programs.js';
import { hasEnded, type RunLine } from '../../runs/run-line.js';
import type { Night } from './night-query.js';

/** What a night came to, each patient once. */
export interface Totals {
  readonly generated: number;
  /** Patients whose advice no run of the night wrote. */
  readonly existed: number;
  readonly skipped: number;
  readonly failed: number;
}

const NOTHING: Totals = { generated: 0, existed: 0, skipped: 0, failed: 0 };

/**
 * Of each program what its runs that have ended came to; while none has, what the one that has come furthest has done so far: another may wait for it. Who fails in one that goes on is told at once,
 * but where it replaces advice: who fails there keeps the advice of before. Two runs of a night have the same patients.
 */
export function totalsOf({ nights }: Night, ofNight: readonly RunLine[], today: string): Totals {
  const ofProgram = (program: ProgramName): Totals => {
    const own = ofNight.filter((run) => run.program === program);
    const night = nights.find((each) => each.program === program && each.recordDate === recordDateOf(program, today));
    if (night === undefined || !own.some(({ status }) => hasEnded(status))) return { ...NOTHING, ...furthest(own)?.progress };
    const failing = own
      .filter(({ status, onExisting }) => !hasEnded(status) && onExisting === 'SKIP')
      .map(({ progress }) => progress.failed);
    return { ...night, failed: Math.max(night.failed, ...failing) };
  };
  return PROGRAMS.map(ofProgram).reduce((sum, each) => ({
    generated: sum.generated + each.generated,
    existed: sum.existed + each.existed,
    skipped: sum.skipped + each.skipped,
    failed: sum.failed + each.failed,
  }));
}

/** Of runs that have not ended, the one with the most outcomes. */
function furthest(runs: readonly RunLine[]): RunLine | undefined {
  return runs.toSorted((a, b) => outcomesOf(b) - outcomesOf(a))[0];
}

function outcomesOf({ progress: { generated, skipped, failed } }: RunLine): number {
  return generated + skipped + failed;
}
