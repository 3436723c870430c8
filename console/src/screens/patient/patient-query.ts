import { POINT } from '../../parts/why.js';
import { graphql, type ResultOf } from '../../graphql/graphql.js';

/** A patient’s days: what each came to, why, and every run that reached for it. */
export const PATIENT = graphql(`
  query PatientDays($userId: Int!, $program: ProgramName!, $from: Date!, $to: Date!) {
    userTimeline(userId: $userId, program: $program, from: $from, to: $to) {
      userId
      active
      staff
      days {
        recordDate
        verdict
        explanation
        explanationKo
        skipReasons
        failureCode
        runFailureCode
        dueAt
        interventions {
          id
        }
        entries {
          run {
            id
            trigger
            status
            dryRun
            requestedAt
          }
          outcome {
            outcome
            skipReasons
            failureCode
            generator
            fallbackReason
            violations
          }
        }
      }
    }
  }
`);
export type PatientDay = NonNullable<ResultOf<typeof PATIENT>['userTimeline']>['days'][number];

/** The advice of a day, with why it says what it says. Few rows: of one program a day has one advice, beside what the app may have left there. */
export const ADVICE = graphql(
  `
    query Advice($userId: Int!, $gubun: String!, $date: Date!, $korean: Boolean!) {
      interventions(first: 5, filter: { userIds: [$userId], gubun: $gubun, recordDateFrom: $date, recordDateTo: $date }) {
        nodes {
          id
          recordDate
          targetDate
          isAdvice
          dietEvaluation
          dietTarget
          exerciseEvaluation
          exerciseTarget
          sleepEvaluation
          sleepTarget
          why {
            ...PointParts
          }
        }
      }
    }
  `,
  [POINT],
);
export type Advice = ResultOf<typeof ADVICE>['interventions']['nodes'][number];

/** What changed between two advices of a patient. */
export const DIFFERENCE = graphql(`
  query AdviceDifference($userId: Int!, $from: Date!, $to: Date!, $other: ID!) {
    interventions(first: 20, filter: { userIds: [$userId], recordDateFrom: $from, recordDateTo: $to }) {
      nodes {
        id
        diff(other: $other) {
          fields
          exerciseTarget {
            before
            after
          }
          sleepTarget {
            before
            after
          }
          meals {
            meal
            added
            removed
          }
        }
      }
    }
  }
`);
