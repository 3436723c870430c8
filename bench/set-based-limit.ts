/**
 * SQL alone, without any logic per user: what a run is measured against. Writes the same interventions and one outcome event per user, for users
 * `$1 < id <= $2` on record date `$3`, into stream `$4`. It needs `limit_probe_event` and writes into `ibsafe_interventionrecord`: for a benchmark's
 * own database only.
 */
export const SET_BASED_LIMIT = `
with f as (
  select r.user_id, jsonb_agg(d.food_name) filter (where r.record_date = $3::date) as today, jsonb_agg(d.food_name) as recent,
    bool_or(r.record_date = $3::date) as has
  from ibsafe_userfoodrecord r join ibsafe_food d on d.id = r.food_id
  where r.user_id > $1 and r.user_id <= $2 and r.record_date between $3::date - 2 and $3::date group by 1),
e as (
  select user_id, jsonb_agg(current_steps order by record_date) as steps, bool_or(record_date = $3::date) as has, avg(current_steps) as mean
  from ibsafe_userexerciserecord where user_id > $1 and user_id <= $2 and record_date between $3::date - 6 and $3::date group by 1),
u as (
  select a.id, coalesce(f.has, false) as food, coalesce(e.has, false) as exercise, f.today, f.recent, e.steps, e.mean
  from auth_user a left join f on f.user_id = a.id left join e on e.user_id = a.id
  where a.id > $1 and a.id <= $2 and a.is_active and not a.is_staff),
i as (
  insert into ibsafe_interventionrecord (record_date, target_date, diet_evaluation, diet_target, exercise_evaluation, exercise_target, processing_time,
    input_allergies, input_restrictions, input_recent_3days, input_week_step, input_today_diet, input_use_rag, input_ollama_model, outputs,
    created_at, updated_at, user_id, gubun)
  select $3::date, $3::date + 1, 'diet evaluation',
    jsonb_build_object('Breakfast', recent, 'Lunch', recent, 'Dinner', recent, 'Summary', 'summary'),
    'exercise evaluation', round(mean / 500) * 500, 0, '[]', '[]', recent, steps, today, false, 'RULE', '{}', now(), now(), id, 'all'
  from u where food and exercise on conflict do nothing returning id, user_id)
insert into limit_probe_event (stream_id, version, type, user_id, data)
select $4::uuid, row_number() over (), case when i.id is null then 'UserSkipped' else 'InterventionGenerated' end, u.id,
  case when i.id is null then jsonb_build_object('food', food, 'exercise', exercise) else jsonb_build_object('interventionId', i.id) end
from u left join i on i.user_id = u.id`;

/** The table that the limit's outcome events go to: as many keys as our log has. */
export const LIMIT_TABLE = `
create table if not exists limit_probe_event (
  position bigint generated always as identity primary key, stream_id uuid not null, version int not null, type text not null, user_id int,
  data jsonb not null, recorded_at timestamptz not null default now(), unique (stream_id, version), unique (stream_id, user_id))`;
