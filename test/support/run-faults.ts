import { compareViews } from '../../src/projections/rebuild/rebuild-views.js';
import type { PatientsDatabase } from './patients-database.js';

// A run may have been asked for while the database's clock was ahead. Every column counts something that must not be; written apart from the service's own statements.
const COUNTS = `with run as (select * from batch.run_view where run_id = $1),
  outcome as (select e.* from batch.event e join run on e.run_id = run.run_id where e.user_id is not null),
  written as (select (data->>'interventionId')::bigint as id, user_id from outcome where type = 'InterventionGenerated' and data->>'interventionId' is not null),
  told as (select e.data from batch.event e where e.run_id = $1 and e.type in ('RunCompleted', 'RunCancelled')),
  added as (select i.* from public.ibsafe_interventionrecord i join run on i.record_date = run.record_date
    and i.gubun = case run.program when 'daily' then 'all' else run.program end where i.updated_at >= case when run.requested_at > run.ended_at then run.ended_at - interval '1 hour' else run.requested_at end)
select (select count(*)::int from run where ended_at is null) as "not ended",
  (select abs(run.roster - (select count(*) from outcome))::int from run) as "outcomes beside the roster",
  (select count(*)::int - count(distinct user_id)::int from outcome) as "users with two outcomes",
  (select abs(run.roster - coalesce((select (data->>'generated')::int + (data->>'skipped')::int + (data->>'failed')::int + (data->>'cancelled')::int
    from told), -1))::int from run) as "told beside the roster",
  (select abs((select (data->>'generated')::int from told) - count(*))::int from outcome where type = 'InterventionGenerated') as "generated miscounted",
  (select abs((select (data->>'skipped')::int from told) - count(*))::int from outcome where type = 'UserSkipped') as "skipped miscounted",
  (select abs((select (data->>'failed')::int from told) - count(*))::int from outcome where type = 'UserFailed') as "failed miscounted",
  (select count(*)::int from written w left join added a on a.id = w.id and a.user_id = w.user_id where a.id is null) as "events without an intervention",
  (select count(*)::int from added a where not exists (select from batch.event e where e.type = 'InterventionGenerated'
    and e.user_id = a.user_id and (e.data->>'interventionId')::bigint = a.id)) as "interventions without an event",
  (select count(*)::int from (select stream from batch.event where run_id = $1 group by stream having max(version) <> count(*)) s) as "streams with a gap",
  (select count(*)::int from batch.chunk_work where run_id = $1 and (not done or lease_until is not null)) as "chunks left open",
  (select count(*)::int from batch.event e join batch.chunk_work w on w.run_id = e.run_id and w.chunk = (e.data->>'chunk')::int
    where e.run_id = $1 and e.type = 'ChunkCompleted' and (e.actor <> w.owner::text or (e.data->>'fence')::int <> w.fence))
    as "chunks written by another than their owner"`;

/**
 * What is wrong with a finished run, in words; empty when its invariants hold (DESIGN.md, 1 to 4): an outcome for each user of the roster and only
 * one, an intervention for each event that says so and for no other, streams without a gap, views equal to the log, and (6) nothing by a late owner.
 */
export async function faultsOf(database: Pick<PatientsDatabase, 'pool' | 'rows'>, runId: string): Promise<string[]> {
  const [counts] = await database.rows<Record<string, number>>(COUNTS, [runId]);
  if (counts === undefined) return ['there is no such run'];
  const faults = Object.entries(counts).filter(([, count]) => count !== 0).map(([fault, count]) => `${count ?? 'unknown'} ${fault}`); // prettier-ignore
  const { differences } = await compareViews(database.pool);
  return [...faults, ...differences.map(({ view, key, column }) => `${view} ${key} differs from the log in ${column}`)];
}

const USERS = `with outcome as (select user_id from batch.event where run_id = $1 and user_id is not null)
select greatest(0, coalesce((select sum(roster) from batch.chunk_view where run_id = $1), 0) - (select count(distinct user_id) from outcome))::int as lost,
  ((select count(*) - count(distinct user_id) from outcome) + (select coalesce(sum(n - 1), 0) from (
    select count(*) as n from public.ibsafe_interventionrecord group by user_id, record_date, gubun having count(*) > 1) twice))::int as doubled`;

/** Users of a run's roster without an outcome, and outcomes or interventions that are one too many. */
export async function usersLostAndDoubled(database: PatientsDatabase, runId: string): Promise<{ lost: number; doubled: number }> {
  const [row] = await database.rows<{ lost: number; doubled: number }>(USERS, [runId]);
  return row ?? { lost: -1, doubled: -1 };
}
