import { graphql, type ResultOf } from '../../graphql/graphql.js';

/** A backfill, as lists show it. */
export const BACKFILL_LINE = graphql(`
  fragment BackfillLine on Backfill {
    id
    program
    from
    to
    status
    actor
    reason
    requestedAt
    endedAt
    dates {
      recordDate
      status
    }
  }
`);
export type BackfillLine = ResultOf<typeof BACKFILL_LINE>;

/** The backfills, newest first, and the latest runs for records that came late. */
export const BACKFILLS = graphql(
  `
    query Backfills {
      backfills(first: 10) {
        nodes {
          ...BackfillLine
        }
      }
      late: runs(first: 5, filter: { actors: ["late data"] }) {
        nodes {
          id
          program
          recordDate
          status
          requestedAt
          progress {
            roster
            generated
          }
        }
      }
    }
  `,
  [BACKFILL_LINE],
);

/** Runs of patients whose records came after their night. */
export type LateRun = ResultOf<typeof BACKFILLS>['late']['nodes'][number];

/** One backfill with the run of each day. */
export const BACKFILL = graphql(`
  query Backfill($id: UUID!) {
    backfill(id: $id) {
      id
      program
      generator
      from
      to
      order
      onExisting
      maxActiveRuns
      status
      actor
      reason
      withoutSchedule
      cancelReason
      cancelledBy
      requestedAt
      endedAt
      dates {
        recordDate
        status
        code
        run {
          id
          status
          progress {
            percent
            roster
            generated
            skipped
            failed
            cancelled
          }
        }
      }
    }
  }
`);
export type BackfillDetail = NonNullable<ResultOf<typeof BACKFILL>['backfill']>;
