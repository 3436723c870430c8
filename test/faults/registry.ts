import { API_KILLED } from './clients/api-killed.js';
import { SUBSCRIBERS_VANISH } from './clients/subscribers.js';
import { DISK_FULL_MID_RUN } from './database/disk-full.js';
import { FORCED_RETRIES } from './database/forced-retries.js';
import { DEAF_API, HALF_OPEN_ALONE, HALF_OPEN_WORKER } from './database/half-open.js';
import { HOSTILE_SETTINGS } from './database/hostile-settings.js';
import { LOST_COMMIT_ANSWER } from './database/lost-commit-answer.js';
import { POOL_EXHAUSTED } from './database/pool-exhausted.js';
import { DATABASE_RESTARTED } from './database/restarted.js';
import type { Fault } from './fault.js';
import { ERASURE_KILLED } from './lifecycle/erasure-killed.js';
import { RETENTION_KILLED } from './lifecycle/retention-killed.js';
import { FORGOTTEN_TRANSACTION } from './log/forgotten-transaction.js';
import { LATE_COMMIT } from './log/late-commit.js';
import { OVERLAPPING_APPENDS } from './log/overlapping-appends.js';
import { POISON_EVENT } from './log/poison-event.js';
import { REBUILT_WHILE_WRITTEN } from './log/rebuilt-while-written.js';
import { RESTORED_ELSEWHERE } from './log/restored-elsewhere.js';
import { NIGHT_BY_BATCH, PROVIDER_BATCHES } from './model/provider-batches.js';
import { STRANGER } from './model/stranger.js';
import { APP_AT_WORK } from './records/app-at-work.js';
import { CANARIES } from './records/canaries.js';
import { POISON_RECORD } from './records/poison-record.js';
import { CLOCK_AHEAD } from './schedules/clock-ahead.js';
import { DAYS_OFF } from './schedules/days-off.js';
import { RUNG_AGAIN } from './schedules/rung-again.js';
import { SKEWED_CLOCK } from './schedules/skewed-clock.js';
import { STARTED_TOGETHER } from './schedules/started-together.js';
import { storeDownAtCompletion } from './schedules/store-down-at-completion.js';
import { storeDownAtSlot } from './schedules/store-down-at-slot.js';
import { YEAR_OF_SLOTS } from './schedules/year-of-slots.js';
import { ASKED_TO_STOP } from './workers/asked-to-stop.js';
import { DEADLY_USER } from './workers/deadly-user.js';
import { DELIVERED_AGAIN } from './workers/delivered-again.js';
import { FROZEN, SUSPENDED } from './workers/frozen.js';
import { KILLED_AFTER_COMMIT } from './workers/killed-after-commit.js';
import { KILLED_BEFORE_COMMIT } from './workers/killed-before-commit.js';
import { LOG_UNREAD, LOG_WITHOUT_ROOM } from './workers/log-unwritable.js';
import { ONE_OF_TWO_KILLED } from './workers/one-of-two-killed.js';

const STORE_DOWN_AT_SLOT = [storeDownAtSlot('PostgreSQL'), storeDownAtSlot('MongoDB')];
const STORE_DOWN_AT_COMPLETION = [storeDownAtCompletion('PostgreSQL'), storeDownAtCompletion('MongoDB')];

/** Every fault that the service must survive, in the order of their numbers. */
export const FAULTS: readonly Fault[] = [
  KILLED_BEFORE_COMMIT,
  KILLED_AFTER_COMMIT,
  FROZEN,
  SUSPENDED,
  ASKED_TO_STOP,
  API_KILLED,
  DATABASE_RESTARTED,
  LOST_COMMIT_ANSWER,
  HALF_OPEN_WORKER,
  DEAF_API,
  HALF_OPEN_ALONE,
  POOL_EXHAUSTED,
  FORCED_RETRIES,
  LATE_COMMIT,
  FORGOTTEN_TRANSACTION,
  OVERLAPPING_APPENDS,
  REBUILT_WHILE_WRITTEN,
  POISON_RECORD,
  DEADLY_USER,
  POISON_EVENT,
  ...STORE_DOWN_AT_SLOT,
  ...STORE_DOWN_AT_COMPLETION,
  DELIVERED_AGAIN,
  RUNG_AGAIN,
  STARTED_TOGETHER,
  SKEWED_CLOCK,
  YEAR_OF_SLOTS,
  DAYS_OFF,
  SUBSCRIBERS_VANISH,
  DISK_FULL_MID_RUN,
  CANARIES,
  LOG_UNREAD,
  LOG_WITHOUT_ROOM,
  CLOCK_AHEAD,
  RESTORED_ELSEWHERE,
  HOSTILE_SETTINGS,
  APP_AT_WORK,
  STRANGER,
  PROVIDER_BATCHES,
  NIGHT_BY_BATCH,
  RETENTION_KILLED,
  ERASURE_KILLED,
  ONE_OF_TWO_KILLED,
];

/** The same by what they strike: a test file for each. */
export const FAULTS_OF = {
  workers: [
    KILLED_BEFORE_COMMIT,
    KILLED_AFTER_COMMIT,
    FROZEN,
    SUSPENDED,
    ASKED_TO_STOP,
    DELIVERED_AGAIN,
    DEADLY_USER,
    LOG_UNREAD,
    LOG_WITHOUT_ROOM,
    ONE_OF_TWO_KILLED,
  ],
  database: [
    DATABASE_RESTARTED,
    LOST_COMMIT_ANSWER,
    HALF_OPEN_WORKER,
    DEAF_API,
    HALF_OPEN_ALONE,
    POOL_EXHAUSTED,
    FORCED_RETRIES,
    DISK_FULL_MID_RUN,
    HOSTILE_SETTINGS,
  ],
  log: [LATE_COMMIT, FORGOTTEN_TRANSACTION, OVERLAPPING_APPENDS, REBUILT_WHILE_WRITTEN, POISON_EVENT, RESTORED_ELSEWHERE],
  schedules: [
    ...STORE_DOWN_AT_SLOT,
    ...STORE_DOWN_AT_COMPLETION,
    RUNG_AGAIN,
    STARTED_TOGETHER,
    SKEWED_CLOCK,
    YEAR_OF_SLOTS,
    DAYS_OFF,
    CLOCK_AHEAD,
  ],
  clients: [API_KILLED, SUBSCRIBERS_VANISH],
  records: [POISON_RECORD, CANARIES, APP_AT_WORK],
  lifecycle: [RETENTION_KILLED, ERASURE_KILLED],
  model: [STRANGER, PROVIDER_BATCHES, NIGHT_BY_BATCH],
} as const satisfies Readonly<Record<string, readonly Fault[]>>;
