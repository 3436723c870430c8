import { graphql, type ResultOf } from '../../graphql/graphql.js';
import { RUN_LINE } from '../../runs/run-line.js';

/** A run as its own screen shows it; its outcomes and events are asked for apart. */
export const RUN = graphql(
  `
    query Run($id: UUID!, $language: Language!) {
      run(id: $id) {
        ...RunLine
        reason
        generator
        onExisting
        pausedAt
        pausedBy
        cancelReason
        cancelledBy
        roster
        usersChosen
        withoutSchedule
        letGo {
          letGoAt
          file
        }
        retries {
          id
          requestedAt
          status
        }
        retry {
          outcomes
          reasons
        }
        forecast {
          eligible
          seconds
          costUsd
        }
        awaitedBatches {
          batches
          requests
          until
        }
        usage {
          tokensIn
          tokensOut
          tokensCached
          costUsd
          budgetReached
          usersEstimated
          byGenerator {
            generator
            fallbackReason
            users
          }
        }
        shadowReport {
          compared
          same
          withoutSaved
          byField {
            field
            users
          }
        }
      }
    }
  `,
  [RUN_LINE],
);
export type RunDetail = NonNullable<ResultOf<typeof RUN>['run']>;

/** A page of what became of a run’s patients. */
export const OUTCOMES = graphql(`
  query Outcomes($id: UUID!, $filter: OutcomeFilterInput, $after: String) {
    run(id: $id) {
      id
      outcomes(filter: $filter, first: 100, after: $after) {
        nodes {
          userId
          outcome
          skipReasons
          failureCode
          generator
          fallbackReason
          violations
          durationMs
          recordedAt
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);
export type OutcomeRow = NonNullable<ResultOf<typeof OUTCOMES>['run']>['outcomes']['nodes'][number];

/** A page of what happened to a run. */
export const EVENTS = graphql(`
  query RunEvents($id: UUID!, $after: String) {
    run(id: $id) {
      id
      events(first: 100, after: $after) {
        nodes {
          cursor
          type
          data
          actor
          recordedAt
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);
