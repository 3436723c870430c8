import type { Program } from '../../program.js';
import { sleepRules } from './sleep-rules.js';

/** Sleep advice for the record date itself, by the night that ended on it (IBSAFE.md, 3). Of the profile the birthday alone has a say in it: children sleep longer. */
export const SLEEP: Program = {
  name: 'sleep',
  gubun: 'sleep',
  reads: ['SLEEP', 'BIRTHDAY'],
  requires: ['MISSING_SLEEP_RECORD'],
  recordDay: 'SAME_DAY',
  targetDate: (recordDate) => recordDate,
  rules: sleepRules,
};
