// Two runs for one date would meet each other's rows; two of one schedule are its overlap policy's business. One that has begun stands before me whenever it was asked for: the time of a request is
// that of its transaction's beginning, and one that waited for a lock is there after requests of later times.
/** Whether the run of the row `other` has to end before that of the row `me` begins. */
export function standsBefore(other: string, me: string): string {
  return `${other}.ended_at is null and ${other}.run_id <> ${me}.run_id
      and (${other}.planned_at is not null or (${other}.requested_at, ${other}.run_id) < (${me}.requested_at, ${me}.run_id))
      and ((${me}.waits and ${other}.schedule_id = ${me}.schedule_id)
        or (${other}.program = ${me}.program and ${other}.record_date = ${me}.record_date and not ${other}.dry_run and not ${me}.dry_run
          and (${me}.waits or ${other}.schedule_id is distinct from ${me}.schedule_id)))`;
}
