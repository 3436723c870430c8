/**
 * Fills the nights from the log, by the columns that migration 040 gave them. What the service folds today is in `store/night-sql.ts`: a later column is
 * filled by the migration that adds it.
 */
export const FILL_NIGHTS = `insert into batch.night_view (
  record_date, program, runs, generated, existed, skipped, failed, cancelled, reasons,
  tokens_in, tokens_out, cost_micros, users_estimated, fallbacks, ready_by, ready)
with ended as (select q.run_id, q.run_month, q.data->>'program' as program, (q.data->>'recordDate')::date as record_date, q.data->>'generator' as generator,
    f.tally, f.ended_at, (q.data->>'readyBy')::timestamptz as ready_by
  from batch.event q cross join lateral (
    select (array_agg(e.data order by e.version desc) filter (where e.type <> 'RunFailed'))[1] as tally, max(date_trunc('milliseconds', e.recorded_at)) as ended_at
    from batch.event e where e.run_month = q.run_month and e.stream = q.stream and e.type in ('RunCompleted', 'RunCancelled', 'RunFailed')) f
  where q.user_id is null and q.run_id is not null and q.stream not like '%/%' and q.type = 'RunRequested' and q.data->'dryRun' = 'false'
    and f.ended_at is not null),
  nights as (
    select program, record_date, count(*)::int as runs, min(ready_by) as ready_by,
      count(*) = 1 and bool_and(tally is not null) and coalesce(max(ended_at) <= min(ready_by), true) as is_plain
    from ended group by 1, 2),
  told as (
    select n.program, n.record_date, o.user_id, o.type, o.data, o.xid, o.position, o.recorded_at <= n.ready_by as is_early
    from nights n join ended e using (program, record_date) join batch.event o on o.run_month = e.run_month and o.run_id = e.run_id
    where not n.is_plain and o.user_id is not null),
  early as (
    select program, record_date, count(distinct user_id)::int as users from told where is_early and (type = 'InterventionGenerated' or (type = 'UserSkipped' and data->'reasons' ? 'INTERVENTION_EXISTS')) group by 1, 2),
  latest as (
    select distinct on (program, record_date, user_id) program, record_date, user_id, type, data from told
    order by program, record_date, user_id, type = 'InterventionGenerated' desc, xid desc, position desc),
  codes as (
    select l.program, l.record_date, c.code, count(*)::int as users
    from latest l cross join jsonb_array_elements_text(
      case l.type when 'UserSkipped' then l.data->'reasons' when 'UserFailed' then jsonb_build_array(l.data->'code') else '[]' end) c (code)
    group by 1, 2, 3),
  reasoned as (select program, record_date, jsonb_object_agg(code, users) as reasons from codes group by 1, 2),
  counted as (
    select program, record_date, count(*) filter (where type = 'InterventionGenerated') as generated,
      count(*) filter (where type <> 'InterventionGenerated' and (type = 'InterventionGenerated' or (type = 'UserSkipped' and data->'reasons' ? 'INTERVENTION_EXISTS'))) as existed, count(*) filter (where type = 'UserSkipped') as skipped,
      count(*) filter (where type = 'UserFailed') as failed, count(*) filter (where type = 'UserCancelled') as cancelled
    from latest group by 1, 2),
  sums as (
    select n.program, n.record_date, (e.tally->>'generated')::int as generated, coalesce((e.tally->'reasons'->>'INTERVENTION_EXISTS')::int, 0) as existed,
      (e.tally->>'skipped')::int as skipped, (e.tally->>'failed')::int as failed, (e.tally->>'cancelled')::int as cancelled, e.tally->'reasons' as reasons
    from nights n join ended e using (program, record_date) where n.is_plain
    union all
    select n.program, n.record_date, coalesce(c.generated, 0), coalesce(c.existed, 0), coalesce(c.skipped, 0), coalesce(c.failed, 0),
      coalesce(c.cancelled, 0), coalesce(r.reasons, '{}')
    from nights n left join counted c using (program, record_date) left join reasoned r using (program, record_date) where not n.is_plain),
  paid as (
    select e.program, e.record_date, o.data from ended e join batch.event o on o.run_month = e.run_month and o.run_id = e.run_id
    where e.generator = 'LLM' and o.user_id is not null and (o.data ? 'tokensIn' or o.data ? 'fallbackReason')),
  used as (
    select program, record_date, coalesce(sum(case when jsonb_typeof(data->'tokensIn') = 'number' and data->>'tokensIn' ~ '^[0-9]+$' and data->'tokensIn' between '0'::jsonb and '4000000'::jsonb then (data->>'tokensIn')::float8 end), 0) as tokens_in, coalesce(sum(case when jsonb_typeof(data->'tokensOut') = 'number' and data->>'tokensOut' ~ '^[0-9]+$' and data->'tokensOut' between '0'::jsonb and '4000000'::jsonb then (data->>'tokensOut')::float8 end), 0) as tokens_out,
      coalesce(sum(case when jsonb_typeof(data->'tokensIn') = 'number' and data->>'tokensIn' ~ '^[0-9]+$' and data->'tokensIn' between '0'::jsonb and '4000000'::jsonb and jsonb_typeof(data->'tokensOut') = 'number' and data->>'tokensOut' ~ '^[0-9]+$' and data->'tokensOut' between '0'::jsonb and '4000000'::jsonb and jsonb_typeof(data->'costMicros') = 'number' and data->>'costMicros' ~ '^[0-9]+$' and data->'costMicros' between '0'::jsonb and '1000000000000'::jsonb then (data->>'costMicros')::float8 end), 0) as cost_micros,
      count(*) filter (where data ? 'estimatedCalls' or (data ? 'tokensIn' and (case when jsonb_typeof(data->'tokensIn') = 'number' and data->>'tokensIn' ~ '^[0-9]+$' and data->'tokensIn' between '0'::jsonb and '4000000'::jsonb then (data->>'tokensIn')::float8 end is null or case when jsonb_typeof(data->'tokensOut') = 'number' and data->>'tokensOut' ~ '^[0-9]+$' and data->'tokensOut' between '0'::jsonb and '4000000'::jsonb then (data->>'tokensOut')::float8 end is null))) as users_estimated
    from paid group by 1, 2),
  stood_in as (
    select program, record_date, data->>'fallbackReason' as reason, count(*)::int as users from paid where data ? 'fallbackReason' group by 1, 2, 3),
  fallen as (select program, record_date, jsonb_object_agg(reason, users) as fallbacks from stood_in group by 1, 2)
  select record_date, program, n.runs, s.generated::int, s.existed::int, (s.skipped - s.existed)::int as skipped, s.failed::int, s.cancelled::int, s.reasons,
    coalesce(u.tokens_in, 0)::bigint as tokens_in, coalesce(u.tokens_out, 0)::bigint as tokens_out, coalesce(u.cost_micros, 0)::bigint as cost_micros,
    coalesce(u.users_estimated, 0)::int as users_estimated, coalesce(f.fallbacks, '{}') as fallbacks, n.ready_by,
    case when n.ready_by is null then null when n.is_plain then (s.generated + s.existed)::int else coalesce(e.users, 0) end as ready
  from nights n join sums s using (program, record_date) left join early e using (program, record_date)
    left join used u using (program, record_date) left join fallen f using (program, record_date)`;
