import { DISK_FULL_MID_RUN } from './database/disk-full.js';
import { FORCED_RETRIES } from './database/forced-retries.js';
import { DEAF_API, HALF_OPEN_WORKER } from './database/half-open.js';
import { LOST_COMMIT_ANSWER } from './database/lost-commit-answer.js';
import { POOL_EXHAUSTED } from './database/pool-exhausted.js';
import { DATABASE_RESTARTED } from './database/restarted.js';
import { describeFaults } from './describe-faults.js';

describeFaults('what happens to the database or on the way to it', [
  [DATABASE_RESTARTED, [1]],
  [LOST_COMMIT_ANSWER, [1]],
  [HALF_OPEN_WORKER, [1]],
  [DEAF_API, [1]],
  [POOL_EXHAUSTED, [1]],
  [FORCED_RETRIES, [1, 2]],
  [DISK_FULL_MID_RUN, [1]],
]);
