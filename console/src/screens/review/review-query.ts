import { POINT } from '../../parts/why.js';
import { graphql, type ResultOf } from '../../graphql/graphql.js';

/** Rows to look at. Each of them is in the audit of reads. */
export const SAMPLE = graphql(
  `
    query ReviewSample($first: Int!, $korean: Boolean!) {
      reviewSample(first: $first) {
        chosenFrom
        rows {
          id
          program
          targetDate
          reasons {
            reason
            items
          }
          generator
          vocabulary
          promptVersion
          dietEvaluation
          dietTarget
          exerciseEvaluation
          exerciseTarget
          sleepEvaluation
          sleepTarget
          allergies
          restrictions
          eaten
          steps
          dishes {
            code
            name
          }
          why {
            ...PointParts
          }
        }
      }
    }
  `,
  [POINT],
);
export type Row = ResultOf<typeof SAMPLE>['reviewSample']['rows'][number];

/** What was said of rows so far. */
export const MARKS = graphql(`
  query ReviewMarks($after: String) {
    adviceMarks(first: 10, after: $after) {
      nodes {
        id
        verdict
        points
        dishes
        note
        actor
        markedAt
        recall {
          id
          kind
          subject
          dishName
          status
          counts {
            replace
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);
export type Mark = ResultOf<typeof MARKS>['adviceMarks']['nodes'][number];

/** Points that were turned off, once at least. */
export const SWITCHES = graphql(`
  query PointSwitches {
    pointSwitches {
      point
      isOff
      markId
      reason
      actor
      changedAt
    }
  }
`);
export type Switch = ResultOf<typeof SWITCHES>['pointSwitches'][number];

export const MARK = graphql(`
  mutation MarkAdvice($input: MarkInput!) {
    markAdvice(input: $input) {
      __typename
      ... on MarkAccepted {
        mark {
          id
          verdict
          points
          recall {
            kind
            subject
            dishName
          }
        }
      }
      ... on Error {
        code
        message
      }
    }
  }
`);
export type Marked = Extract<ResultOf<typeof MARK>['markAdvice'], { __typename: 'MarkAccepted' }>['mark'];
