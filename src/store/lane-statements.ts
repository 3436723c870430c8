import { FIRST_REST_MS, LONGEST_REST_MS, MAX_GENERATOR_PAUSES } from '../domain/run/generator-pauses.js';
import { RUN_SELECTION } from './run-rows.js';
import { isNow, leaseHolds, waits } from './database-time.js';
import { standsBefore } from './waiting-runs.js';

// One statement: the claim and the higher fence are one step, by PostgreSQL's clock, and a chunk that another owner is claiming is passed by. A cancelled
// run's chunks are taken from their owners: the fence keeps these from writing. An owner that comes back for its own chunk has not vanished with it.
// The free chunk is found in a CTE, which is read once: beside a table that PostgreSQL thinks has a single row a subquery is the inner side of a loop,
// found anew for each row, and one claim takes every chunk there is.
// What work on a chunk needs to know of its run comes with the claim: the run is not read again for each chunk.
const ASKED = `r.program, r.generator, r.record_date::text, r.dry_run, r.shadow, r.on_existing, r.mode, r.recall_id is not null as recalled, r.started_at is not null as started`;
const CLAIMED = `w.run_id, w.chunk, w.fence, w.run_month::text, w.user_ids, w.takeovers, w.suspect,
    free.program, free.generator, free.record_date, free.dry_run, free.shadow, free.on_existing, free.mode, free.recalled, free.started`;

/** Claims a chunk. `$1` run, `$2` owner, `$3` ms of the lease. */
export const CLAIM = `with free as materialized (
    select c.run_id, c.chunk, r.cancel_requested_at is not null as cancelled, ${ASKED}
    from batch.chunk_work c join batch.run_view r on r.run_id = c.run_id
    where c.run_id = $1 and not c.done and r.ended_at is null and case when r.cancel_requested_at is null
      then r.status in ('PLANNED', 'RUNNING') and not ${leaseHolds('c')} and not ${waits('c')} else not (c.cancelling and ${leaseHolds('c')}) end
    order by c.chunk limit 1 for update of c skip locked)
  update batch.chunk_work w
  set fence = w.fence + 1, takeovers = w.takeovers + (w.owner is not null and w.owner <> $2 and not free.cancelled)::int, owner = $2,
    lease_until = clock_timestamp() + $3 * interval '1 ms', lease_ms = $3, claimed_at = clock_timestamp(), cancelling = free.cancelled, waits_until = null
  from free where w.run_id = free.run_id and w.chunk = free.chunk
  returning ${CLAIMED}, free.cancelled`;

/** ms that the jobs of a request and of the lanes of a plan have to arrive, before the sweep does what they ask for. */
const ENQUEUED_MS = 3_000;

// A run is stranded when something is due and no process works on it: a chunk's lease ran out in its owner's hands, the run is unplanned, or no chunk has a
// live lease and none was finished just now. One that waits for another run is not: that one may be paused, and nothing is due.
/** Runs that no process works on. */
export const STRANDED = `select r.run_id from batch.run_view r
  where r.ended_at is null and (
    (r.status = 'REQUESTED' and not ${isNow('r.requested_at', ENQUEUED_MS)} and not exists (select from batch.run_view o where ${standsBefore('o', 'r')}))
    or ((r.status in ('PLANNED', 'RUNNING') or r.cancel_requested_at is not null)
      and exists (select from batch.chunk_work c
        where c.run_id = r.run_id and not c.done and c.owner is not null and c.lease_until is not null and not ${leaseHolds('c')}))
    or (r.planned_at is not null and not ${isNow('r.planned_at', ENQUEUED_MS)}
      and (r.status in ('PLANNED', 'RUNNING') or r.cancel_requested_at is not null
        or not exists (select from batch.chunk_work c where c.run_id = r.run_id and not c.done))
      and not exists (select from batch.chunk_work c where c.run_id = r.run_id and not c.done and (${leaseHolds('c')} or ${waits('c')}))
      and not exists (select from batch.chunk_view v where v.run_id = r.run_id and ${isNow('v.completed_at', ENQUEUED_MS)})))
  order by r.requested_at`;

// What CLAIM would give, and what is left to do about runs without a chunk to claim. The jobs of a request and of the lanes of a plan have a
// moment to arrive first; an owner that let its lease run out has not.
/** What could be done now. `$1` generators, `$2` programs. */
export const DUE = `select "runId", needs from (
    select r.run_id as "runId", r.requested_at, case
      when r.planned_at is null then case when r.status = 'REQUESTED' and not ${isNow('r.requested_at', ENQUEUED_MS)} then 'PLAN' end
      when not exists (select from batch.chunk_work c where c.run_id = r.run_id and not c.done) then 'END'
      when r.cancel_requested_at is not null then case when exists (select from batch.chunk_work c where c.run_id = r.run_id and not c.done
        and not (c.cancelling and ${leaseHolds('c')})) then 'CANCELLING' end
      when r.status in ('PLANNED', 'RUNNING') and r.generator = any($1) and r.program = any($2) and exists (select from batch.chunk_work c where c.run_id = r.run_id
        and not c.done and not ${waits('c')} and case when c.lease_until is null then not ${isNow('r.planned_at', ENQUEUED_MS)} else not ${leaseHolds('c')} end) then 'LANES' end as needs
    from batch.run_view r where r.ended_at is null) open
  where needs is not null order by requested_at`;

// As CLAIM, of a run that asks by calls and may be paused for its generator, and only while no other process works on it.
/** Claims a chunk to try its generator with. As `CLAIM`. */
export const CLAIM_FOR_TRIAL = `with free as materialized (
    select c.run_id, c.chunk, ${ASKED} from batch.chunk_work c join batch.run_view r on r.run_id = c.run_id
    where c.run_id = $1 and not c.done and not c.suspect and c.takeovers = 0 and r.mode is distinct from 'BATCH' and r.ended_at is null and r.cancel_requested_at is null
      and (r.status in ('PLANNED', 'RUNNING') or (r.status = 'PAUSED' and r.paused_cause = 'GENERATOR_UNAVAILABLE'))
      and not exists (select from batch.chunk_work o where o.run_id = $1 and not o.done and ${leaseHolds('o')})
    order by c.chunk limit 1 for update of c skip locked)
  update batch.chunk_work w
  set fence = w.fence + 1, takeovers = w.takeovers + (w.owner is not null and w.owner <> $2)::int, owner = $2,
    lease_until = clock_timestamp() + $3 * interval '1 ms', lease_ms = $3, claimed_at = clock_timestamp(), cancelling = false
  from free where w.run_id = free.run_id and w.chunk = free.chunk
  returning ${CLAIMED}, false as cancelled`;

/** How often a run of the row `r` was paused for its generator, and when last. */
export const PAUSES = `select count(*)::int as pauses, max(e.recorded_at) as last from batch.event_log e
  where e.run_month = r.run_month and e.stream = 'run-' || r.run_id and e.type = 'RunPaused' and e.data->>'cause' = 'GENERATOR_UNAVAILABLE'`;

// The first time it is tried as soon as its generator may be; then the wait doubles, so that an endpoint that comes and goes leaves few traces in the
// log. A pause in the future was recorded by a clock that was wrong.
/** Runs that wait for their generator and may be tried. */
export const WAITING = `select ${RUN_SELECTION} from batch.run_view r cross join lateral (${PAUSES}) paused
  where r.ended_at is null and r.status = 'PAUSED' and r.paused_cause = 'GENERATOR_UNAVAILABLE' and r.cancel_requested_at is null
    and paused.pauses < ${MAX_GENERATOR_PAUSES} and (paused.pauses <= 1 or paused.last > clock_timestamp() or clock_timestamp() >= paused.last
      + least(${LONGEST_REST_MS}, ${FIRST_REST_MS} * 2.0 ^ (paused.pauses - 2)) * interval '1 ms')
  order by r.requested_at`;
