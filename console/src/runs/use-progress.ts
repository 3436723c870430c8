import { useSubscription } from 'urql';
import { graphql } from '../graphql/graphql.js';
import { hasEnded, PROGRESS, type Progress } from './run-line.js';

const FOLLOW = graphql(
  `
    subscription Follow($runId: UUID!) {
      batchProgress(runId: $runId, apartMs: 500) {
        runId
        ...ProgressParts
      }
    }
  `,
  [PROGRESS],
);

/** A run’s progress as it comes, while it has not ended; `known` is what a query told of it. */
export function useProgress(runId: string, known: Progress): Progress {
  const [{ data }] = useSubscription({ query: FOLLOW, variables: { runId }, pause: hasEnded(known.status) });
  const heard = data?.batchProgress.runId === runId ? data.batchProgress : undefined;
  return heard === undefined || heard.at < known.at || hasEnded(known.status) ? known : heard;
}
