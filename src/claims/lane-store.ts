import type pg from 'pg';
import { FIRST_REST_MS, LONGEST_REST_MS, MOST_GENERATOR_PAUSES } from '../domain/run/generator-pauses.js';
import type { ClaimedChunk, DueRun, LaneStore, StoredRun } from '../application/ports.js';
import { localDate } from '../domain/local-date.js';
import { DEAD_AFTER_MS } from './workers.js';
import { RUN_SELECTION, runOfRow, type RunRow } from '../projections/run-rows.js';

// One statement: the claim and the higher fence are one step, by PostgreSQL's clock, and a chunk somebody else is claiming is passed by. A cancelled
// run's chunks are taken from their owners: the fence keeps these from writing. An owner that comes back for its own chunk has not vanished with it.
// The free chunk is found in a CTE, which is read once: beside a table that PostgreSQL thinks has a single row a subquery is the inner side of a loop,
// found anew for each row, and one claim takes every chunk there is.
const CLAIM = `with free as materialized (
    select c.run_id, c.chunk, r.cancel_requested_at is not null as cancelled from batch.chunk_work c join batch.run_view r on r.run_id = c.run_id
    where c.run_id = $1 and not c.done and r.ended_at is null and case when r.cancel_requested_at is null
      then r.status in ('PLANNED', 'RUNNING') and (c.lease_until is null or c.lease_until < clock_timestamp())
      else c.lease_until is null or c.lease_until < clock_timestamp() or c.claimed_at <= r.cancel_requested_at end
    order by c.chunk limit 1 for update of c skip locked)
  update batch.chunk_work w
  set fence = w.fence + 1, takeovers = w.takeovers + (w.owner is not null and w.owner <> $2 and not free.cancelled)::int, owner = $2,
    lease_until = clock_timestamp() + $3 * interval '1 ms', claimed_at = clock_timestamp()
  from free where w.run_id = free.run_id and w.chunk = free.chunk
  returning w.run_id, w.chunk, w.fence, w.run_month::text, w.user_ids, w.takeovers, w.suspect, free.cancelled`;

// A run is stranded when something is due and nobody is at it: a chunk's lease ran out in its owner's hands, the run is unplanned, or no chunk has a
// live lease and none was finished just now.
const STRANDED = `select r.run_id from batch.run_view r
  where r.ended_at is null and (
    (r.status = 'REQUESTED' and r.requested_at < clock_timestamp() - interval '3 seconds')
    or ((r.status in ('PLANNED', 'RUNNING') or r.cancel_requested_at is not null)
      and exists (select from batch.chunk_work c
        where c.run_id = r.run_id and not c.done and c.owner is not null and c.lease_until < clock_timestamp()))
    or (r.planned_at < clock_timestamp() - interval '3 seconds'
      and (r.status in ('PLANNED', 'RUNNING') or r.cancel_requested_at is not null
        or not exists (select from batch.chunk_work c where c.run_id = r.run_id and not c.done))
      and not exists (select from batch.chunk_work c where c.run_id = r.run_id and not c.done and c.lease_until >= clock_timestamp())
      and not exists (select from batch.chunk_view v where v.run_id = r.run_id and v.completed_at > clock_timestamp() - interval '3 seconds')))
  order by r.requested_at`;

// What CLAIM would give, and what is left to do about runs without a chunk to claim. The rings for a request and for the lanes of a plan have a
// moment to arrive first; an owner that let its lease run out has not.
const DUE = `select "runId", needs from (
    select r.run_id as "runId", r.requested_at, case
      when r.planned_at is null then case when r.status = 'REQUESTED' and r.requested_at < clock_timestamp() - interval '3 seconds' then 'PLAN' end
      when not exists (select from batch.chunk_work c where c.run_id = r.run_id and not c.done) then 'END'
      when r.cancel_requested_at is not null then case when exists (select from batch.chunk_work c where c.run_id = r.run_id and not c.done
        and (c.lease_until is null or c.lease_until < clock_timestamp() or c.claimed_at <= r.cancel_requested_at)) then 'CANCELLING' end
      when r.status in ('PLANNED', 'RUNNING') and r.generator = any($1) and r.program = any($2) and exists (select from batch.chunk_work c where c.run_id = r.run_id
        and not c.done and case when c.lease_until is null then r.planned_at < clock_timestamp() - interval '3 seconds'
          else c.lease_until < clock_timestamp() end) then 'LANES' end as needs
    from batch.run_view r where r.ended_at is null) open
  where needs is not null order by requested_at`;

// As CLAIM, of a run that may be paused for its generator, and only while nobody else is at it.
const CLAIM_FOR_TRIAL = `with free as materialized (
    select c.run_id, c.chunk from batch.chunk_work c join batch.run_view r on r.run_id = c.run_id
    where c.run_id = $1 and not c.done and not c.suspect and c.takeovers = 0 and r.ended_at is null and r.cancel_requested_at is null
      and (r.status in ('PLANNED', 'RUNNING') or (r.status = 'PAUSED' and r.paused_cause = 'GENERATOR_UNAVAILABLE'))
      and not exists (select from batch.chunk_work o where o.run_id = $1 and not o.done and o.lease_until >= clock_timestamp())
    order by c.chunk limit 1 for update of c skip locked)
  update batch.chunk_work w
  set fence = w.fence + 1, takeovers = w.takeovers + (w.owner is not null and w.owner <> $2)::int, owner = $2,
    lease_until = clock_timestamp() + $3 * interval '1 ms', claimed_at = clock_timestamp()
  from free where w.run_id = free.run_id and w.chunk = free.chunk
  returning w.run_id, w.chunk, w.fence, w.run_month::text, w.user_ids, w.takeovers, w.suspect, false as cancelled`;

const PAUSES = `select count(*)::int as pauses, max(e.recorded_at) as last from batch.event e
  where e.run_month = r.run_month and e.stream = 'run-' || r.run_id and e.type = 'RunPaused' and e.data->>'cause' = 'GENERATOR_UNAVAILABLE'`;

// The first time it is tried as soon as its generator may be; then the wait doubles, so that an endpoint that comes and goes leaves few traces in the
// log. A pause in the future was recorded by a clock that was wrong.
const WAITING = `select ${RUN_SELECTION} from batch.run_view r cross join lateral (${PAUSES}) paused
  where r.ended_at is null and r.status = 'PAUSED' and r.paused_cause = 'GENERATOR_UNAVAILABLE' and r.cancel_requested_at is null
    and paused.pauses < ${MOST_GENERATOR_PAUSES} and (paused.pauses <= 1 or paused.last > clock_timestamp() or clock_timestamp() >= paused.last
      + least(${LONGEST_REST_MS}, ${FIRST_REST_MS} * 2.0 ^ (paused.pauses - 2)) * interval '1 ms')
  order by r.requested_at`;

/** Claims of chunks, each in a statement of its own. */
export class PostgresLaneStore implements LaneStore {
  constructor(private readonly db: Pick<pg.Pool, 'query'>) {}

  async claim(runId: string, owner: string, leaseMs: number): Promise<ClaimedChunk | undefined> {
    const { rows } = await this.db.query<ClaimRow>({ name: 'claim', text: CLAIM, values: [runId, owner, leaseMs] });
    return rows[0] && claimOf(rows[0]);
  }

  async claimForTrial(runId: string, owner: string, leaseMs: number): Promise<ClaimedChunk | undefined> {
    const { rows } = await this.db.query<ClaimRow>(CLAIM_FOR_TRIAL, [runId, owner, leaseMs]);
    return rows[0] && claimOf(rows[0]);
  }

  async isWorkedOn(runId: string): Promise<boolean> {
    const text = `select from batch.chunk_work where run_id = $1 and not done and lease_until >= clock_timestamp() limit 1`;
    return (await this.db.query(text, [runId])).rowCount === 1;
  }

  async renew({ runId, chunk, fence }: ClaimedChunk, leaseMs: number): Promise<boolean> {
    const text = `update batch.chunk_work set lease_until = clock_timestamp() + $4 * interval '1 ms'
      where run_id = $1 and chunk = $2 and fence = $3 and not done`;
    return (await this.db.query(text, [runId, chunk, fence, leaseMs])).rowCount === 1;
  }

  async release({ runId, chunk, fence }: ClaimedChunk, { blamed } = { blamed: false }): Promise<void> {
    const text = `update batch.chunk_work set lease_until = null, owner = null, takeovers = takeovers + $4::int
      where run_id = $1 and chunk = $2 and fence = $3 and not done`;
    await this.db.query(text, [runId, chunk, fence, blamed ? 1 : 0]);
  }

  async find(runId: string): Promise<StoredRun | undefined> {
    const text = `select ${RUN_SELECTION} from batch.run_view where run_id = $1`;
    const { rows } = await this.db.query<RunRow>({ name: 'find-run', text, values: [runId] });
    return rows[0] && runOfRow(rows[0]);
  }

  async capacity(): Promise<number> {
    const text = `select coalesce(sum(lanes), 0)::int as lanes from batch.worker where stopped_at is null and seen_at > now() - $1 * interval '1 ms'`;
    const { rows } = await this.db.query<{ lanes: number }>(text, [DEAD_AFTER_MS]);
    return Math.max(1, rows[0]?.lanes ?? 1);
  }

  async requested(): Promise<readonly string[]> {
    const text = `select run_id from batch.run_view where ended_at is null and status = 'REQUESTED' order by requested_at`;
    return (await this.db.query<{ run_id: string }>(text)).rows.map(({ run_id }) => run_id);
  }

  async waitingForGenerator(): Promise<readonly StoredRun[]> {
    return (await this.db.query<RunRow>(WAITING)).rows.map(runOfRow);
  }

  async pausesForGenerator(runId: string): Promise<number> {
    const text = `select paused.pauses from batch.run_view r cross join lateral (${PAUSES}) paused where r.run_id = $1`;
    return (await this.db.query<{ pauses: number }>(text, [runId])).rows[0]?.pauses ?? 0;
  }

  async active(): Promise<readonly string[]> {
    const text = `select run_id from batch.run_view where ended_at is null and status in ('PLANNED', 'RUNNING') order by requested_at`;
    return (await this.db.query<{ run_id: string }>(text)).rows.map(({ run_id }) => run_id);
  }

  async due({ generators, programs }: Parameters<LaneStore['due']>[0]): Promise<readonly DueRun[]> {
    return (await this.db.query<DueRun>(DUE, [generators, programs])).rows;
  }

  async stranded(): Promise<readonly string[]> {
    const { rows } = await this.db.query<{ run_id: string }>(STRANDED);
    return rows.map(({ run_id }) => run_id);
  }
}

function claimOf({
  run_id: runId,
  run_month: month,
  user_ids: userIds,
  chunk,
  fence,
  takeovers,
  suspect,
  cancelled,
}: ClaimRow): ClaimedChunk {
  return { runId, month: localDate(month), chunk, fence, userIds, takeovers, suspect, cancelled };
}

interface ClaimRow {
  run_id: string;
  run_month: string;
  chunk: number;
  fence: number;
  user_ids: number[];
  takeovers: number;
  suspect: boolean;
  cancelled: boolean;
}
