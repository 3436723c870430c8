import { BELIEVED } from './postgres-forecasts.js';
import { isLetGo } from './let-go-months.js';
import { mostTelling } from './most-telling.js';

/** Columns of `batch.night_view`, in the order of what is folded. */
export const NIGHT_COLUMNS = [
  'record_date', 'program', 'runs', 'generated', 'existed', 'skipped', 'failed', 'cancelled', 'reasons',
  'tokens_in', 'tokens_out', 'cost_micros', 'users_estimated', 'fallbacks', 'ready_by', 'ready',
] as const; // prettier-ignore

/** Runs of one night that have ended, out of the view that was written in the same transaction: `$1` program, `$2` record date. */
const OF_ONE = `select run_id, run_month, program, record_date, generator, tally, requested_at, ended_at, ready_by from batch.run_view
  where program = $1 and record_date = $2::date and ended_at is not null and not dry_run`;

// The first conditions are those of the index of the runs' own events; each run's end is found by the key of its stream. Milliseconds, as the live views have them.
const OF_LOG = `select q.run_id, q.run_month, q.data->>'program' as program, (q.data->>'recordDate')::date as record_date, q.data->>'generator' as generator,
    f.tally, date_trunc('milliseconds', q.recorded_at) as requested_at, f.ended_at, (q.data->>'readyBy')::timestamptz as ready_by
  from batch.event_log q cross join lateral (
    select (array_agg(e.data order by e.version desc) filter (where e.type <> 'RunFailed'))[1] as tally, max(date_trunc('milliseconds', e.recorded_at)) as ended_at
    from batch.event_log e where e.run_month = q.run_month and e.stream = q.stream and e.type in ('RunCompleted', 'RunCancelled', 'RunFailed')) f
  where q.subject is null and q.run_id is not null and q.stream not like '%/%' and q.type = 'RunRequested' and q.data->'dryRun' = 'false'
    and f.ended_at is not null`;

// A model that a rollout tries takes tokens in runs by rules as well, and one that was promoted until its rollout is stopped. Outcomes of other runs by rules, also of those that
// ended before it began or began after it was stopped, are not read for what they took: they took nothing.
const TRIED_OF_ONE = 'select program, started_at, stopped_at from batch.rollout_view where program = $1';
const TRIED_IN_LOG = `select s.data->>'program' as program, date_trunc('milliseconds', s.recorded_at) as started_at,
    (select date_trunc('milliseconds', min(e.recorded_at)) from batch.event_log e
      where e.run_month = s.run_month and e.stream = s.stream and e.type = 'RolloutStopped') as stopped_at
  from batch.event_log s where s.stream like 'rollout-%' and s.type = 'RolloutStarted'`;
const WAS_TRIED =
  'exists (select from tried t where t.program = e.program and t.started_at <= e.ended_at and (t.stopped_at is null or t.stopped_at >= e.requested_at))';

const ADVISED = `(type = 'InterventionGenerated' or (type = 'UserSkipped' and data->'reasons' ? 'INTERVENTION_EXISTS'))`;

/**
 * What nights came to: each user once, by the advice that any run wrote or found, else by the newest outcome, one of a cancelled run last. A night of one run that was ready in time is told by
 * that run's end; only of others the outcomes are read. A language model's figures are read from the outcomes of its runs, and of those in which a
 * rollout may have tried one: that went on while it did.
 */
function fold({ runs, tried }: { readonly runs: string; readonly tried: string }): string {
  return `with ended as (${runs}),
  tried as materialized (${tried}),
  nights as (
    select program, record_date, count(*)::int as runs, min(ready_by) as ready_by,
      count(*) = 1 and bool_and(tally is not null) and coalesce(max(ended_at) <= min(ready_by), true) as is_plain
    from ended group by 1, 2),
  told as (
    select n.program, n.record_date, o.subject, o.type, o.data, o.xid, o.position, o.recorded_at <= n.ready_by as is_early
    from nights n join ended e using (program, record_date) join batch.event_log o on o.run_month = e.run_month and o.run_id = e.run_id
    where not n.is_plain and o.subject is not null),
  early as (
    select program, record_date, count(distinct subject)::int as users from told where is_early and ${ADVISED} group by 1, 2),
  latest as (
    select distinct on (program, record_date, subject) program, record_date, subject, type, data from told
    order by program, record_date, subject, ${ADVISED} desc, type = 'InterventionGenerated' desc, ${mostTelling()}),
  codes as (
    select l.program, l.record_date, c.code, count(*)::int as users
    from latest l cross join jsonb_array_elements_text(
      case l.type when 'UserSkipped' then l.data->'reasons' when 'UserFailed' then jsonb_build_array(l.data->'code') else '[]' end) c (code)
    group by 1, 2, 3),
  reasoned as (select program, record_date, jsonb_object_agg(code, users) as reasons from codes group by 1, 2),
  counted as (
    select program, record_date, count(*) filter (where type = 'InterventionGenerated') as generated,
      count(*) filter (where type <> 'InterventionGenerated' and ${ADVISED}) as existed, count(*) filter (where type = 'UserSkipped') as skipped,
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
    select e.program, e.record_date, o.data from ended e join batch.event_log o on o.run_month = e.run_month and o.run_id = e.run_id
    where (e.generator = 'LLM' or ${WAS_TRIED}) and o.subject is not null and (o.data ? 'tokensIn' or o.data ? 'fallbackReason')),
  used as (
    select program, record_date, coalesce(sum(${BELIEVED.tokensIn}), 0) as tokens_in, coalesce(sum(${BELIEVED.tokensOut}), 0) as tokens_out,
      coalesce(sum(${BELIEVED.costMicros}), 0) as cost_micros,
      count(*) filter (where data ? 'estimatedCalls' or (data ? 'tokensIn' and (${BELIEVED.tokensIn} is null or ${BELIEVED.tokensOut} is null))) as users_estimated
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
}

/**
 * Whether a run of a night `night_view` was let go: which users it advised is not known any more, so that what the night came to stays as it was told then, whatever run
 * comes to it later.
 */
export const IS_LET_GO_NIGHT = `exists (select from batch.run_view g where g.program = night_view.program and g.record_date = night_view.record_date
    and g.ended_at is not null and not g.dry_run and ${isLetGo('g.run_month')})`;

/** Every night there was, from the log alone; without those that it cannot tell any more. */
export const FOLD_NIGHTS = `select * from (${fold({ runs: OF_LOG, tried: TRIED_IN_LOG })}) night_view where not ${IS_LET_GO_NIGHT}`;

/** Writes the night of a program (`$1`) and a record date (`$2`) as it stands with what has ended. */
export const WRITE_NIGHT = `insert into batch.night_view (${NIGHT_COLUMNS.join(', ')}) select * from (${fold({ runs: OF_ONE, tried: TRIED_OF_ONE })}) night_view where not ${IS_LET_GO_NIGHT}
  on conflict (record_date, program) do update set ${NIGHT_COLUMNS.slice(2).map((column) => `${column} = excluded.${column}`).join(', ')}`; // prettier-ignore
