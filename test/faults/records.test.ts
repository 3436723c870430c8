import { describeFaults } from './describe-faults.js';
import { CANARIES } from './records/canaries.js';
import { POISON_RECORD } from './records/poison-record.js';

describeFaults('what the records hold', [
  [POISON_RECORD, [1, 2]],
  [CANARIES, [1, 2]],
]);
