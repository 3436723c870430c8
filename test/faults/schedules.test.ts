import { describeFaults } from './describe-faults.js';
import { DAYS_OFF } from './schedules/days-off.js';
import { RUNG_AGAIN } from './schedules/rung-again.js';
import { SKEWED_CLOCK } from './schedules/skewed-clock.js';
import { STARTED_TOGETHER } from './schedules/started-together.js';
import { storeDownAtCompletion } from './schedules/store-down-at-completion.js';
import { storeDownAtSlot } from './schedules/store-down-at-slot.js';
import { YEAR_OF_SLOTS } from './schedules/year-of-slots.js';

describeFaults('what happens to schedules and their jobs', [
  [storeDownAtSlot('PostgreSQL'), [1]],
  [storeDownAtSlot('MongoDB'), [1]],
  [storeDownAtCompletion('PostgreSQL'), [1]],
  [storeDownAtCompletion('MongoDB'), [1]],
  [RUNG_AGAIN, [1]],
  [STARTED_TOGETHER, [1]],
  [SKEWED_CLOCK, [1]],
  [YEAR_OF_SLOTS, [1]],
  [DAYS_OFF, [1, 2]],
]);
