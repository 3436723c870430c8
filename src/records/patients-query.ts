import { ALLERGENS, LACTOSE_INTOLERANCE_BIT } from '../domain/advice/patient-inputs.js';

const ALLERGY_COLUMNS = ALLERGENS.map((allergen) => `has_${allergen.toLowerCase()}_allergy`);

const ALLERGENS_MASK = [
  ...ALLERGY_COLUMNS.map((column, bit) => `p.${column}::int * ${1 << bit}`),
  // An intolerance counts as the allergy (the original dropped it), and says in a bit of its own where it came from.
  `case when p.has_lactose_intolerance then ${LACTOSE_INTOLERANCE_BIT} + (not p.has_lactose_allergy)::int * ${1 << ALLERGENS.indexOf('LACTOSE')} else 0 end`,
].join(' + ');

/**
 * Reads every user of a chunk in one statement. `$1` user ids, `$2` record date, `$3` gubun, `$4`/`$5` first and last id.
 *
 * The range stands on every table: without it the planner scans all profiles for each chunk. Only food ids are fetched (names come from memory),
 * as texts, which parse faster than arrays. Rows come in no particular order.
 *
 * @param sparse for a roster with wide holes: looks each id up instead of reading the range between them.
 */
export function patientsQuery(sparse: boolean): string {
  const mine = (column: string): string => (sparse ? `${column} = any($1::int[])` : `${column} between $4 and $5`);
  return `with food as (
    select r.user_id, string_agg(r.food_id::text, ',') filter (where r.record_date = $2::date) as today,
      string_agg(r.food_id::text, ',') filter (where r.record_date < $2::date) as earlier
    from ibsafe_userfoodrecord r where ${mine('r.user_id')} and r.record_date between $2::date - 2 and $2::date group by r.user_id),
  exercise as (
    select r.user_id, bool_or(r.record_date = $2::date) as today, string_agg(r.current_steps::text, ',' order by r.record_date) as steps
    from ibsafe_userexerciserecord r where ${mine('r.user_id')} and r.record_date between $2::date - 6 and $2::date group by r.user_id),
  written as (
    select i.user_id from ibsafe_interventionrecord i where ${mine('i.user_id')} and i.record_date = $2::date and i.gubun = $3)
  select a.id, a.is_active and not a.is_staff, p.user_id is not null, food.today, food.earlier, coalesce(exercise.today, false), exercise.steps,
    written.user_id is not null, ${ALLERGENS_MASK}
  from auth_user a
    left join ibsafe_userprofile p on p.user_id = a.id and ${mine('p.user_id')}
    left join food on food.user_id = a.id
    left join exercise on exercise.user_id = a.id
    left join written on written.user_id = a.id
  where ${mine('a.id')} and $1::int[] is not null`;
}

/** A row of `patientsQuery`, in `rowMode: 'array'`. */
export type PatientRow = [
  id: number,
  accountOpen: boolean,
  hasProfile: boolean,
  foodToday: string | null,
  foodEarlier: string | null,
  exerciseToday: boolean,
  steps: string | null,
  hasIntervention: boolean,
  allergens: number | null,
];
