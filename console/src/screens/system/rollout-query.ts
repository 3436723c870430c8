import { graphql, type ResultOf } from '../../graphql/graphql.js';

/** The newest rollouts, and what could be tried next. */
export const ROLLOUTS = graphql(`
  query Rollouts($after: String) {
    rolloutCandidate {
      generator
      model
      promptVersion
      vocabulary
    }
    rollouts(first: 5, after: $after) {
      nodes {
        id
        program
        status
        sharePercent
        seed
        isConfigured
        reason
        actor
        startedAt
        promotedAt
        stoppedAt
        endedBy
        endReason
        stopCause
        stopFigure {
          candidate
          inForce
          limit
          users
        }
        judgedAt
        candidate {
          generator
          model
          promptVersion
          vocabulary
        }
        inForce {
          generator
          model
          promptVersion
          vocabulary
        }
        thresholds {
          leastUsers
          relativePercent
          gateDropsPercent
          fallbacksPercent
          failuresPercent
          falsehoodsPercent
          priceUsd
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);
/** A rollout as the list shows it. */
export type Rollout = ResultOf<typeof ROLLOUTS>['rollouts']['nodes'][number];
/** What writes advice: a generator, its model and prompt, its vocabulary. */
export type Version = Rollout['candidate'];

/** What both sides of a rollout came to, in all and by night. */
export const REPORT = graphql(`
  query RolloutReport($id: UUID!) {
    rollout(id: $id) {
      id
      report {
        candidate {
          ...SideFigures
        }
        inForce {
          ...SideFigures
        }
        nights {
          recordDate
          candidate {
            ...NightFigures
          }
          inForce {
            ...NightFigures
          }
        }
      }
    }
  }
  fragment SideFigures on RolloutSide {
    users
    failed
    fallbacks
    gateDrops
    pointsDropped
    answersRefused
    judgedRows
    falsehoods
    tokensIn
    tokensOut
    costPer1000Usd
    meanMs
  }
  fragment NightFigures on RolloutSide {
    users
    failed
    fallbacks
    gateDrops
    costPer1000Usd
  }
`);
type Report = NonNullable<ResultOf<typeof REPORT>['rollout']>['report'];
/** One side over all nights. */
export type Side = Report['candidate'];
/** Both sides on one night. */
export type Night = Report['nights'][number];
