/** Columns of `batch.low_fodmap_days`, in the order of `FOLD_LOW_DAYS`. */
export const LOW_DAY_COLUMNS = ['user_id', 'days', 'total'] as const;

/**
 * Folds the low days of all users out of all outcomes that wrote an intervention and say what the day was: the last one of a person and a record date counts. Outcomes of earlier releases say
 * nothing of it, and count for nothing.
 */
export const FOLD_LOW_DAYS = `
  select l.user_id, range_agg(daterange(l.record_date, l.record_date, '[]')) as days, count(*)::int as total
  from (
    select distinct on (e.user_id, r.record_date) e.user_id, r.record_date, e.data->'lowDay' = 'true' as low
    from batch.event e join batch.run_view r on r.run_id = e.run_id and r.run_month = e.run_month
    where e.type = 'InterventionGenerated' and e.data ? 'lowDay' and e.data->'interventionId' <> 'null'
    order by e.user_id, r.record_date, e.xid desc, e.position desc) l
  where l.low group by l.user_id`;
