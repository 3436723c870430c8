/**
 * Whether a run says something of its night: it covers all users by itself. None were chosen, none are recalled, and it repeats no other run. The one answer for every statement: three users of three are no night.
 * @param run the name of a row of `batch.run_view` in the statement
 */
export function isWholeRun(run: string): string {
  return `(${run}.user_ids is null and ${run}.recall_id is null and ${run}.parent_run_id is null)`;
}

/**
 * Whether a run that has ended leaves its night as a whole run would: it is one, or it repeats one, by itself or by others between, and so few of the roster are left without advice or a reason for none.
 * @param percent failed users in a hundred up to which a night is good, as an expression
 */
export function leavesNightWhole(run: string, percent: string): string {
  return `(${isWholeRun(run)} or exists (
    select from batch.night_view n cross join lateral (
      with recursive line as (
        select ${run}.run_id, ${run}.parent_run_id, ${run}.user_ids, ${run}.recall_id, ${run}.roster
        union all select p.run_id, p.parent_run_id, p.user_ids, p.recall_id, p.roster from batch.run_view p join line on p.run_id = line.parent_run_id)
      select bool_and(recall_id is null and (user_ids is null or parent_run_id is not null)) as whole, max(roster) filter (where parent_run_id is null) as roster from line) told
    where n.program = ${run}.program and n.record_date = ${run}.record_date and told.whole
      and (told.roster - n.generated - n.existed - n.skipped) * 100 <= ${percent} * (told.roster - n.skipped)))`;
}
