import { API_KILLED } from './clients/api-killed.js';
import { SUBSCRIBERS_VANISH } from './clients/subscribers.js';
import { describeFaults } from './describe-faults.js';

describeFaults('what happens to clients and on the way to them', [
  [API_KILLED, [1, 2]],
  [SUBSCRIBERS_VANISH, [1]],
]);
