import { graphql, type ResultOf } from '../../graphql/graphql.js';

/** What nights came to. */
export const NIGHTS = graphql(`
  query Nights($from: Date!, $to: Date!, $program: ProgramName!) {
    nights(from: $from, to: $to, program: $program) {
      recordDate
      runs
      openRuns
      generated
      existed
      skipped
      failed
      cancelled
      seconds
      skipReasons {
        reason
        users
      }
      failures {
        reason
        users
      }
      fallbacks {
        reason
        users
      }
      tokensIn
      tokensOut
      costUsd
      coverage
      readyCoverage
    }
  }
`);
export type NightFigures = ResultOf<typeof NIGHTS>['nights'][number];
