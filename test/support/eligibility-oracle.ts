import type { PatientsDatabase } from './patients-database.js';

/** What should become of a user: advice where there is no reason against it. */
export interface Expectation {
  readonly userId: number;
  /** In the order of the alphabet. */
  readonly reasons: readonly string[];
}

// Set by set, where the service reads by range and joins: a fault in one does not show in the other.
const EXPECTED = `
with on_day as (select $1::date as day),
  eaters as (select user_id from ibsafe_userfoodrecord, on_day where record_date = day),
  walkers as (select user_id from ibsafe_userexerciserecord, on_day where record_date = day),
  advised as (select user_id from ibsafe_interventionrecord, on_day where record_date = day and gubun = 'all'
    except select user_id from ibsafe_interventionrecord, on_day where record_date = day and gubun = 'all' and error_message <> ''
      and diet_evaluation || exercise_evaluation = ''),
  known as (select user_id from ibsafe_userprofile),
  roster as (select id from auth_user where is_active is true and is_staff is false),
  against as (
    select id, 'MISSING_FOOD_RECORD' as reason from roster where id not in (select user_id from eaters)
    union all select id, 'MISSING_EXERCISE_RECORD' from roster where id not in (select user_id from walkers)
    union all select id, 'INTERVENTION_EXISTS' from roster where id in (select user_id from advised)
    union all select id, 'NO_PROFILE' from roster where id not in (select user_id from known))
select r.id as "userId", coalesce(array_agg(a.reason order by a.reason) filter (where a.reason is not null), '{}') as reasons
from roster r left join against a on a.id = r.id group by r.id order by r.id`;

/** What a run of a date should come to as the tables are now, user by user. Ask before the run. */
export function expectedOutcomes(database: PatientsDatabase, recordDate: string): Promise<Expectation[]> {
  return database.rows<Expectation>(EXPECTED, [recordDate]);
}
