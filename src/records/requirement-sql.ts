import type { Requirement } from '../domain/program.js';
import { IBSAFE } from './ibsafe-names.js';

const RECORDS: Readonly<Record<Exclude<Requirement, 'NO_PROFILE'>, string>> = {
  MISSING_FOOD_RECORD: IBSAFE.foodRecords,
  MISSING_EXERCISE_RECORD: IBSAFE.exerciseRecords,
  MISSING_SLEEP_RECORD: IBSAFE.sleepRecords,
};

/** A condition that a user has what a program requires. `user` and `recordDate` are expressions of the statement it stands in, never a caller's text. */
export function meets(requirement: Requirement, user: string, recordDate: string): string {
  if (requirement === 'NO_PROFILE') return `exists (select from ${IBSAFE.profiles} p where p.user_id = ${user})`;
  return `exists (select from ${RECORDS[requirement]} r where r.user_id = ${user} and r.record_date = ${recordDate})`;
}
