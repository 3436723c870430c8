/**
 * Sets money of a run aside, for a call or a batch: `$1` the run, `$2` micro-dollars, `$3` its budget. No row comes back where the budget does not hold so much any more, so that no number of workers
 * goes beyond it.
 */
export const RESERVE = `insert into batch.llm_spending as spent (run_id, micros) select $1::uuid, $2::bigint where $2::bigint <= $3::bigint
  on conflict (run_id) do update set micros = spent.micros + $2::bigint where spent.micros + $2::bigint <= $3::bigint
  returning micros`;
