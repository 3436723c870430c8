import { describeFaults } from './describe-faults.js';
import { ASKED_TO_STOP } from './workers/asked-to-stop.js';
import { DEADLY_USER } from './workers/deadly-user.js';
import { DELIVERED_AGAIN } from './workers/delivered-again.js';
import { FROZEN, SUSPENDED } from './workers/frozen.js';
import { KILLED_AFTER_COMMIT } from './workers/killed-after-commit.js';
import { KILLED_BEFORE_COMMIT } from './workers/killed-before-commit.js';
import { ONE_OF_TWO_KILLED } from './workers/one-of-two-killed.js';

describeFaults('what happens to a worker', [
  [KILLED_BEFORE_COMMIT, [1]],
  [KILLED_AFTER_COMMIT, [1]],
  [FROZEN, [1, 2]],
  [SUSPENDED, [1, 2]],
  [ASKED_TO_STOP, [1]],
  [DELIVERED_AGAIN, [1]],
  [DEADLY_USER, [1]],
  [ONE_OF_TWO_KILLED, [1]],
]);
