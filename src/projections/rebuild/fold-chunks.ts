/** Columns of `batch.chunk_view`, in the order of `FOLD_CHUNKS`. */
export const CHUNK_COLUMNS = [
  'run_id', 'chunk', 'roster', 'generated', 'skipped', 'failed', 'cancelled', 'reasons', 'completed_at',
] as const; // prettier-ignore

/**
 * Folds the chunks of a month's runs in the database: `$1` the month, `$2` ids of its runs. Sizes come from `RunPlanned` and `ChunkSplit`, counters and
 * reasons from the outcomes themselves and not from the sums in `ChunkCompleted`, whose time ends the chunk.
 *
 * Outcomes are grouped once, by stream, type and reason: a chunk of a thousand users becomes a handful of rows before anything is unnested.
 * An upcaster for one of these types needs its like here.
 */
export const FOLD_CHUNKS = `with ranges as (
    select e.run_id, e.version, (c.n - 1)::int as chunk, c.planned
    from batch.event_log e cross join jsonb_array_elements(e.data->'chunks') with ordinality as c (planned, n)
    where e.run_month = $1::date and e.run_id = any($2::uuid[]) and e.subject is null and e.type = 'RunPlanned'
    union all
    select e.run_id, e.version, (e.data->>'chunk')::int, e.data->'kept' from batch.event_log e
    where e.run_month = $1::date and e.run_id = any($2::uuid[]) and e.subject is null and e.type = 'ChunkSplit'
    union all
    select e.run_id, e.version, ((e.data->>'first')::int + c.n - 1)::int, c.planned
    from batch.event_log e cross join jsonb_array_elements(e.data->'parts') with ordinality as c (planned, n)
    where e.run_month = $1::date and e.run_id = any($2::uuid[]) and e.subject is null and e.type = 'ChunkSplit'),
  planned as (
    select distinct on (run_id, chunk) run_id, chunk, (planned->>'roster')::int as roster
    from ranges order by run_id, chunk, version desc),
  ended as (
    select e.run_id, (e.data->>'chunk')::int as chunk, e.recorded_at as completed_at from batch.event_log e
    where e.run_month = $1::date and e.run_id = any($2::uuid[]) and e.subject is null and e.type = 'ChunkCompleted'),
  grouped as (
    select e.run_id, e.stream, e.type, case e.type when 'UserSkipped' then e.data->'reasons' when 'UserFailed' then e.data->'code' end as reason,
      count(*)::int as users
    from batch.event_log e where e.run_month = $1::date and e.subject is not null group by 1, 2, 3, 4),
  outcomes as (select g.*, split_part(g.stream, '/chunk-', 2)::int as chunk from grouped g),
  counted as (
    select run_id, chunk, sum(users) filter (where type = 'InterventionGenerated') as generated, sum(users) filter (where type = 'UserSkipped') as skipped,
      sum(users) filter (where type = 'UserFailed') as failed, sum(users) filter (where type = 'UserCancelled') as cancelled
    from outcomes group by 1, 2),
  codes as (
    select o.run_id, o.chunk, code, sum(o.users)::int as users
    from outcomes o cross join jsonb_array_elements_text(case jsonb_typeof(o.reason) when 'array' then o.reason else jsonb_build_array(o.reason) end) code
    where o.reason is not null group by 1, 2, 3),
  reasoned as (select run_id, chunk, jsonb_object_agg(code, users) as reasons from codes group by 1, 2)
  select p.run_id, p.chunk, p.roster, coalesce(c.generated, 0)::int as generated,
    coalesce(c.skipped, 0)::int as skipped, coalesce(c.failed, 0)::int as failed, coalesce(c.cancelled, 0)::int as cancelled,
    coalesce(r.reasons, '{}') as reasons, e.completed_at
  from planned p left join counted c using (run_id, chunk) left join reasoned r using (run_id, chunk) left join ended e using (run_id, chunk)`;
