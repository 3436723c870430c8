import { sentencesOf } from './said.js';

/** What is wrong with a store or with the log, and what to do. In Korean: `data/codes`, group `Store`. */
export const STORES = sentencesOf('Store', {
  JOBS_AWAY: 'The job store does not answer. Runs go on; start it again, and jobs are picked up.',
  LOG_HELD:
    'A writing transaction has been open for {held} s somewhere in the cluster, and the oldest event that it hides is {hidden} s old: progress stands still behind it. "{doctor}" names it and says what ends it.',
});
