import { graphql, type ResultOf } from '../../graphql/graphql.js';
import { RUN_LINE } from '../../runs/run-line.js';

const NIGHT_SCHEDULE = graphql(`
  fragment NightSchedule on Schedule {
    id
    name
    active
    status
    program
    timeZone
    pausedReason(language: $language)
    nextSlots(count: 2) {
      at
    }
    overdueSlot
    lastSlot {
      scheduledFor
      fired
      reason
    }
  }
`);

/**
 * All that the screen of last night shows. Runs for late records and retries may be many more than the newest that are asked for: what was scheduled, and what failed,
 * is asked for by itself.
 */
export const NIGHT = graphql(
  `
    query Night($since: Date!, $usualFrom: Date!, $to: Date!, $language: Language!) {
      alerts(first: 20, filter: { states: [OPEN] }) {
        nodes {
          id
          kind
          subject
          text(language: $language)
          path
          silenced
        }
      }
      nights(from: $usualFrom, to: $to) {
        program
        recordDate
        runs
        openRuns
        generated
        existed
        skipped
        failed
        coverage
        ready
        eligible
        readyBy
        readyCoverage
      }
      systemStatus {
        database {
          ok
          problem(language: $language)
        }
        jobStore {
          ok
          problem(language: $language)
        }
        log {
          alarm
          problem(language: $language)
        }
        modelProblem(language: $language)
        workers {
          lanes
        }
      }
      schedules(first: 100) {
        nodes {
          ...NightSchedule
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
      recent: runs(first: 40, filter: { recordDateFrom: $since, dryRun: false }) {
        nodes {
          ...RunLine
        }
      }
      scheduled: runs(first: 10, filter: { recordDateFrom: $since, dryRun: false, triggers: [SCHEDULE] }) {
        nodes {
          ...RunLine
        }
      }
      failing: runs(first: 20, filter: { recordDateFrom: $since, dryRun: false, statuses: [FAILED, COMPLETED_WITH_FAILURES] }) {
        nodes {
          ...RunLine
        }
      }
      open: runs(first: 20, filter: { statuses: [REQUESTED, PLANNED, RUNNING, PAUSED] }) {
        nodes {
          ...RunLine
        }
      }
    }
  `,
  [RUN_LINE, NIGHT_SCHEDULE],
);

/** Schedules behind the first hundred. */
export const FURTHER_SCHEDULES = graphql(
  `
    query FurtherSchedules($language: Language!, $after: String) {
      schedules(first: 100, after: $after) {
        nodes {
          ...NightSchedule
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [NIGHT_SCHEDULE],
);
export type Night = ResultOf<typeof NIGHT>;
export type NightAlert = Night['alerts']['nodes'][number];
export type NightFigures = Night['nights'][number];
export type NightSchedule = Night['schedules']['nodes'][number];
