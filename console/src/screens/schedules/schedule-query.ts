import { graphql, type ResultOf } from '../../graphql/graphql.js';

/** ms between two questions: no news tells of what another operator changed in a schedule. */
export const BEAT_MS = 60_000;

/** What a schedule is set to. */
export const SCHEDULE = graphql(`
  fragment ScheduleParts on Schedule {
    id
    name
    program
    generator
    frequency
    hour
    minute
    dayOfWeek
    dayOfMonth
    cron
    timeZone
    readyBy
    description
    descriptionKo
    active
    status
    version
    pausedReason(language: $language)
    createdAt
    createdBy
    updatedAt
    overlap
    catchUp {
      policy
      windowHours
    }
    firedSlots
    skippedSlots {
      reason
      slots
    }
    nextSlots(count: 7) {
      at
      notes {
        code
        nominalTime
      }
    }
  }
`);
export type Schedule = ResultOf<typeof SCHEDULE>;

/** All schedules, and whether the job store holds what it should. */
export const SCHEDULES = graphql(
  `
    query Schedules($language: Language!, $after: String) {
      schedules(first: 20, after: $after) {
        nodes {
          ...ScheduleParts
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
      scheduleStatus {
        totalSchedules
        jobStore {
          ok
          problem(language: $language)
        }
        drift {
          missing {
            name
          }
          extra {
            name
          }
          different {
            name
          }
        }
      }
    }
  `,
  [SCHEDULE],
);

/** One schedule, with its history. */
export const ONE_SCHEDULE = graphql(
  `
    query OneSchedule($id: UUID!, $language: Language!, $after: String) {
      schedule(id: $id) {
        ...ScheduleParts
        slots(first: 15) {
          nodes {
            scheduledFor
            through
            count
            fired
            reason
            run {
              id
              status
            }
          }
        }
        events(first: 20, after: $after, edits: true) {
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
  `,
  [SCHEDULE],
);
export type ScheduleWithEvents = NonNullable<ResultOf<typeof ONE_SCHEDULE>['schedule']>;
