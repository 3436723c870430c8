import { graphql, type ResultOf } from '../../graphql/graphql.js';

const FAILED_RUN = graphql(`
  fragment FailedRun on Run {
    id
    program
    recordDate
    trigger
    status
    onExisting
    requestedAt
    retries {
      id
      status
    }
    progress {
      reasons {
        reason
        users
      }
    }
  }
`);
/** A run in which patients failed. */
export type FailedRun = ResultOf<typeof FAILED_RUN>;

/** The newest runs with failures, and what their nights came to. */
export const FAILURES = graphql(
  `
    query Failures($from: Date!, $to: Date!) {
      runs(
        first: 25
        filter: { recordDateFrom: $from, dryRun: false, statuses: [COMPLETED_WITH_FAILURES, PAUSED, RUNNING, CANCELLED, FAILED] }
      ) {
        nodes {
          ...FailedRun
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
      nights(from: $from, to: $to) {
        program
        recordDate
        runs
        openRuns
        eligible
        generated
        existed
      }
    }
  `,
  [FAILED_RUN],
);
/** What the runs of a night came to together. */
export type Night = ResultOf<typeof FAILURES>['nights'][number];

/** A further page of such runs. */
export const EARLIER = graphql(
  `
    query FailuresEarlier($from: Date!, $after: String) {
      runs(
        first: 25
        after: $after
        filter: { recordDateFrom: $from, dryRun: false, statuses: [COMPLETED_WITH_FAILURES, PAUSED, RUNNING, CANCELLED, FAILED] }
      ) {
        nodes {
          ...FailedRun
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [FAILED_RUN],
);

/** How many patients failed, each counted once, by code. Asked for by itself: it takes longer than the runs. */
export const FAILED_PATIENTS = graphql(`
  query FailedPatients($from: Date!, $to: Date!) {
    failures(from: $from, to: $to) {
      code
      outcomes
      patients
      without
    }
  }
`);
/** Failures of a code. */
export type FailedPatients = ResultOf<typeof FAILED_PATIENTS>['failures'][number];
