import { graphql, type ResultOf } from '../graphql/graphql.js';

/** A run’s progress, as bars and figures show it. */
export const PROGRESS = graphql(`
  fragment ProgressParts on Progress {
    status
    percent
    done
    roster
    generated
    skipped
    failed
    cancelled
    reasons {
      reason
      users
    }
    usersPerSecond
    secondsLeft
    pausedCause
    at
  }
`);
export type Progress = ResultOf<typeof PROGRESS>;

/** A run, as lists show it. */
export const RUN_LINE = graphql(
  `
    fragment RunLine on Run {
      id
      program
      recordDate
      targetDate
      trigger
      actor
      status
      dryRun
      shadow
      onExisting
      pausedCause
      pausedReason(language: $language)
      failureCode
      requestedAt
      startedAt
      endedAt
      cancelRequestedAt
      slot
      schedule {
        id
        name
        timeZone
      }
      parent {
        id
      }
      waitsFor {
        id
        status
        program
        recordDate
      }
      backfill {
        id
      }
      progress {
        ...ProgressParts
      }
    }
  `,
  [PROGRESS],
);
export type RunLine = ResultOf<typeof RUN_LINE>;

/** Of the patients that a run skipped, those who had advice already. */
export const existedOf = ({ reasons }: Progress): number => reasons.find(({ reason }) => reason === 'INTERVENTION_EXISTS')?.users ?? 0;

const ENDED: ReadonlySet<string> = new Set(['COMPLETED', 'COMPLETED_WITH_FAILURES', 'CANCELLED', 'FAILED']);

/** Whether a run has come to its end, whichever. */
export const hasEnded = (status: string): boolean => ENDED.has(status);
