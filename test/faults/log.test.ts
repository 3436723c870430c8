import { describeFaults } from './describe-faults.js';
import { FORGOTTEN_TRANSACTION } from './log/forgotten-transaction.js';
import { LATE_COMMIT } from './log/late-commit.js';
import { OVERLAPPING_APPENDS } from './log/overlapping-appends.js';
import { POISON_EVENT } from './log/poison-event.js';
import { REBUILT_WHILE_WRITTEN } from './log/rebuilt-while-written.js';
import { RESTORED_ELSEWHERE } from './log/restored-elsewhere.js';

describeFaults('what happens to the log', [
  [LATE_COMMIT, [1, 2]],
  [FORGOTTEN_TRANSACTION, [1]],
  [OVERLAPPING_APPENDS, [1, 2]],
  [REBUILT_WHILE_WRITTEN, [1]],
  [POISON_EVENT, [1]],
  [RESTORED_ELSEWHERE, [1, 2]],
]);
