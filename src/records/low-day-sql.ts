/** The work table of days that were low in FODMAPs, a row for each person: `days` a multirange of record dates, `total` how many they are. */
export const LOW_DAY_TABLE = 'batch.low_fodmap_days';

/** The same without a row: for reads of a database in which nothing of ours is yet. */
export const NO_LOW_DAYS = '(select 0 as user_id, null::datemultirange as days, 0 as total limit 0)';

/**
 * How many days of `l`, a row of the table, lie before the record date (`$2`): advice that is made again for a day counts as it did then. Nearly always all of them do, and the total is
 * there already. 0 for somebody without a row.
 */
export const LOW_DAYS_BEFORE = `case when l.user_id is null then 0 when upper(l.days) <= $2::date then l.total
    else (select coalesce(sum(upper(d.span) - lower(d.span)), 0)::int from unnest(l.days * datemultirange(daterange(null, $2::date))) d (span)) end`;
