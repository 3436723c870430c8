import type { Program } from '../../program.js';
import { sleepRules } from './sleep-rules.js';

/** Sleep advice for the record date itself, by the night that ended on it (IBSAFE.md, 3). It needs no profile: an allergy has no say in it. */
export const SLEEP: Program = {
  name: 'sleep',
  gubun: 'sleep',
  reads: ['SLEEP'],
  requires: ['MISSING_SLEEP_RECORD'],
  recordDay: 'SAME_DAY',
  targetDate: (recordDate) => recordDate,
  rules: sleepRules,
};
