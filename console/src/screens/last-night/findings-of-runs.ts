import { hasEnded, type RunLine } from '../../runs/run-line.js';
import { withoutAdviceIn } from '../../runs/without-advice.js';
import type { Finding } from './finding.js';
import type { NightFigures } from './night-query.js';

/** What is amiss with runs: paused, failed as a whole, or ended with failures that no later run tells of. */
export function ofRuns(runs: readonly RunLine[], nights: readonly NightFigures[]): Finding[] {
  return runs.flatMap((run): Finding[] => {
    if (run.status === 'PAUSED') return [{ kind: 'paused', tone: run.pausedCause === 'OPERATOR' ? 'warn' : 'bad', run }];
    if (run.status === 'FAILED' && !isMadeUpFor(run, runs)) return [{ kind: 'failed-run', tone: 'bad', run }];
    if (!hasEnded(run.status) || run.progress.failed === 0 || isMadeUpFor(run, runs)) return [];
    const without = withoutAdvice(run, nights);
    return isOutdated(run, runs, without) ? [] : [{ kind: 'failures', tone: 'warn', run, without }];
  });
}

/** Of those that failed in a run, how many the night has left without advice: another run may have written it, before or since. */
function withoutAdvice({ program, recordDate, progress: { failed } }: RunLine, nights: readonly NightFigures[]): number {
  const night = nights.find((each) => each.program === program && each.recordDate === recordDate);
  return Math.min(failed, withoutAdviceIn(night) ?? failed);
}

/** Whether a later run of the night tells more of those that failed: one that covered all of them, or any once they all have advice. */
function isOutdated(run: RunLine, runs: readonly RunLine[], without: number): boolean {
  const later = runs.filter(
    (other) => other.program === run.program && other.recordDate === run.recordDate && other.requestedAt > run.requestedAt,
  );
  const tellsAll = ({ status, progress }: RunLine): boolean =>
    ['COMPLETED', 'COMPLETED_WITH_FAILURES'].includes(status) && (progress.roster ?? 0) >= (run.progress.roster ?? 0);
  return later.some(tellsAll) || (later.length > 0 && without === 0);
}

/** Whether a later run took over what this one left: a retry of all that failed in it, which may have been chosen, or another of its program and day that covers all patients. */
function isMadeUpFor(run: RunLine, runs: readonly RunLine[]): boolean {
  return runs.some(
    (other) =>
      other.id !== run.id &&
      !['CANCELLED', 'FAILED'].includes(other.status) &&
      ((other.parent?.id === run.id && (run.status === 'FAILED' || (other.progress.roster ?? 0) >= run.progress.failed)) ||
        (run.status === 'FAILED' &&
          other.program === run.program &&
          other.recordDate === run.recordDate &&
          other.requestedAt > run.requestedAt)),
  );
}
