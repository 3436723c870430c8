import { addDays } from '../../local-date.js';
import type { Program } from '../../program.js';
import { dailyRules } from './daily-rules.js';

/** Diet and exercise advice for the day after the record date (IBSAFE.md, 2). */
export const DAILY: Program = {
  name: 'daily',
  gubun: 'all',
  reads: ['PROFILE', 'FOOD', 'EXERCISE'],
  requires: ['MISSING_FOOD_RECORD', 'MISSING_EXERCISE_RECORD', 'NO_PROFILE'],
  recordDay: 'DAY_BEFORE',
  targetDate: (recordDate) => addDays(recordDate, 1),
  rules: dailyRules,
};
