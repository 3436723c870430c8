import { judgeAlerts } from './alerts.js';
import { judgeAllergies } from './allergies.js';
import { judgeBatches } from './batches.js';
import { judgeConnections } from './connections.js';
import { judgeDeadMan } from './dead-man.js';
import { judgeClock, judgeMigrations, judgeServer } from './database.js';
import { judgeErasure } from './erasure.js';
import { judgeHeld } from './held-rows.js';
import { judgeIds } from './ids.js';
import { judgeIndexes, judgeTables } from './ibsafe-tables.js';
import { judgeMongoJobs, judgePostgresJobs } from './job-stores.js';
import { judgeLocks } from './locks.js';
import { judgeLag } from './log.js';
import { judgeModel } from './model.js';
import { judgeOldBatch } from './old-batch.js';
import { judgeOwnRights } from './own-rights.js';
import { judgeRows } from './readable-rows.js';
import { judgeReads } from './reads.js';
import type { Requirement } from './requirement.js';
import { judgeRetention } from './retention.js';
import { judgeReview } from './review.js';
import { judgeIbsafeRights } from './rights.js';
import { judgeRuns } from './runs.js';
import { judgeSchedules } from './schedules.js';
import { judgeTrial } from './trial.js';
import { judgeWork } from './work.js';

/** At so many times the limit of the alarm a lag does not end by itself any more. */
const MUST_ACT = 6;

/**
 * All that a run needs of its database and of what stands beside it. `doctor`, `/readyz` and the log of a start read this list, each as far as it asks:
 * what one of them says of a requirement the others say too.
 */
export const REQUIREMENTS: readonly Requirement[] = [
  { check: 'PostgreSQL', since: 'readiness', blocks: true, judge: ({ pool }) => judgeServer(pool) },
  { check: 'locks', since: 'readiness', judge: ({ pool, url }) => judgeLocks(pool, url) },
  { check: 'connections', since: 'start', judge: ({ config, pool }) => judgeConnections(config, pool) },
  { check: 'clock', since: 'start', judge: ({ pool }) => judgeClock(pool) },
  { check: 'rights on schema batch', since: 'readiness', blocks: true, judge: ({ pool }) => judgeOwnRights(pool) },
  { check: "IBSafe's tables", since: 'readiness', blocks: true, judge: ({ pool }) => judgeTables(pool) },
  { check: "rights on IBSafe's tables", since: 'readiness', blocks: true, judge: ({ pool }) => judgeIbsafeRights(pool) },
  { check: "indexes of IBSafe's tables", since: 'start', judge: ({ pool }) => judgeIndexes(pool) },
  {
    check: 'ids of interventions',
    since: 'readiness',
    blocks: true,
    after: "rights on IBSafe's tables",
    judge: ({ pool }) => judgeIds(pool),
  },
  { check: 'rows of interventions', since: 'doctor', after: "rights on IBSafe's tables", judge: ({ pool }) => judgeRows(pool) },
  { check: 'the old batch', since: 'start', judge: ({ pool }) => judgeOldBatch(pool) },
  { check: 'migrations', since: 'start', judge: ({ pool }) => judgeMigrations(pool) },
  {
    check: 'job store',
    since: 'start',
    after: 'migrations',
    judge: ({ config, pool }) => (config.MONGODB_URL === undefined ? judgePostgresJobs(pool) : judgeMongoJobs(config.MONGODB_URL, pool)),
  },
  {
    check: 'log',
    since: 'readiness',
    after: 'migrations',
    judge: ({ config, pool }) => {
      const alarmS = config.BATCH_LAG_ALARM_MS / 1_000;
      return judgeLag(pool, { warning: alarmS, problem: MUST_ACT * alarmS });
    },
  },
  { check: 'schedules', since: 'readiness', after: 'migrations', judge: ({ config, pool }) => judgeSchedules(config, pool) },
  { check: 'runs', since: 'readiness', after: 'migrations', judge: ({ pool }) => judgeRuns(pool) },
  { check: 'workers and runs', since: 'readiness', after: 'migrations', judge: ({ pool }) => judgeWork(pool) },
  { check: 'alerts', since: 'start', after: 'migrations', judge: ({ config, pool }) => judgeAlerts(config, pool) },
  { check: 'retention', since: 'start', after: 'migrations', judge: ({ config, pool }) => judgeRetention(config, pool) },
  { check: 'audit of reads', since: 'readiness', after: 'migrations', judge: ({ pool }) => judgeReads(pool) },
  { check: 'deleted accounts', since: 'doctor', after: 'migrations', judge: ({ pool }) => judgeErasure(pool) },
  { check: "dead man's switch", since: 'start', after: 'migrations', judge: ({ config, pool }) => judgeDeadMan(config, pool) },
  { check: 'words of the advice', since: 'start', after: 'migrations', judge: ({ config, pool }) => judgeReview(config, pool) },
  { check: 'users and foods', since: 'start', after: "rights on IBSafe's tables", judge: ({ pool }) => judgeHeld(pool) },
  {
    check: 'allergies in words',
    since: 'doctor',
    after: "rights on IBSafe's tables",
    judge: ({ config, pool }) => judgeAllergies(config, pool),
  },
  { check: 'language model', since: 'doctor', after: 'migrations', judge: ({ config, pool }) => judgeModel(config, pool) },
  { check: 'batches at the provider', since: 'start', after: 'migrations', judge: ({ pool }) => judgeBatches(pool) },
  { check: 'trial of a run', since: 'doctor', after: 'migrations', judge: ({ pool }) => judgeTrial(pool) },
];
