import { isLetGo } from '../../store/let-go-months.js';

/** Columns of `batch.low_fodmap_days`, in the order of `FOLD_LOW_DAYS`. */
export const LOW_DAY_COLUMNS = ['user_id', 'days', 'total'] as const;

const DAY = "daterange(record_date, record_date, '[]')";

/**
 * Folds the low days of all users out of all outcomes that wrote an intervention and say what the day was: the last one of a person and a record date counts. Outcomes of earlier releases say
 * nothing of it, and count for nothing. Of record dates whose runs were let go the days stay that the table has, unless an outcome that is there says otherwise.
 */
export const FOLD_LOW_DAYS = `with let_go as (
    select range_agg(${DAY}) as days from (select distinct record_date from batch.run_view where not dry_run and ${isLetGo('run_month')}) dates),
  told as (
    select distinct on (e.user_id, r.record_date) e.user_id, r.record_date, e.data->'lowDay' = 'true' as low
    from batch.event e join batch.run_view r on r.run_id = e.run_id and r.run_month = e.run_month
    where e.type = 'InterventionGenerated' and e.data ? 'lowDay' and e.data->'interventionId' <> 'null'
    order by e.user_id, r.record_date, e.xid desc, e.position desc),
  kept as (
    select user_id, range_agg(${DAY}) filter (where low) as low, range_agg(${DAY}) filter (where record_date <@ g.days) as told
    from told cross join let_go g where low or record_date <@ g.days group by user_id),
  before as (
    select user_id, l.days * g.days as days from batch.low_fodmap_days l cross join let_go g where l.days && g.days),
  both_times as (
    select user_id, coalesce(k.low, '{}') + (coalesce(b.days, '{}') - coalesce(k.told, '{}')) as days from kept k full join before b using (user_id))
  select user_id, days, (select sum(upper(span) - lower(span))::int from unnest(days) span) as total from both_times where not isempty(days)`;
