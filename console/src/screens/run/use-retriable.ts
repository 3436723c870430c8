import { graphql } from '../../graphql/graphql.js';
import { useLive } from '../../graphql/use-live.js';
import { hasEnded, type Progress } from '../../runs/run-line.js';
import { withoutAdviceIn } from '../../runs/without-advice.js';
import type { RunDetail } from './run-query.js';

const NIGHT_OF_RUN = graphql(`
  query NightOfRun($date: Date!, $program: ProgramName!) {
    nights(from: $date, to: $date, program: $program) {
      runs
      openRuns
      eligible
      generated
      existed
    }
  }
`);

/**
 * How many of so many patients who failed in a run a retry can help still: none that have advice by now, from a retry or from another run. Of a run that was
 * to replace advice all, until it was repeated: there each failed patient keeps the advice of before.
 */
export function useRetriable(run: RunDetail, { status, failed }: Progress): (failed: number) => number {
  const asks = hasEnded(status) && failed > 0 && !run.dryRun;
  const { data } = useLive(NIGHT_OF_RUN, { date: run.recordDate, program: run.program }, { pause: !asks, runs: true });
  const night = data?.nights.at(0);
  if (!asks || (run.onExisting === 'REGENERATE' && run.retries.length === 0)) return (some) => (asks ? some : 0);
  return (some) => Math.min(some, withoutAdviceIn(night) ?? some);
}
