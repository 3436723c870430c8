import { sql } from 'kysely';
import type { EntityManager } from '@mikro-orm/postgresql';
import { leaseHolds } from '../../store/database-time.js';
import type { Tally } from '../../domain/outcome.js';
import type { ChunkViewRow } from '../entities.js';
import { toDate } from './to-date.js';
import { pagesOf, type PageRequest, type Pages } from '../../database/keyset.js';

/** Sums over a run's chunks. Why users were skipped or failed is a question of its own: `reasons` takes five times as long. */
export interface RunTally extends Omit<Tally, 'reasons'> {
  readonly runId: string;
  readonly chunksDone: number;
  /** When the last finished chunk was written; null before the first. */
  readonly lastChunkAt: Date | null;
}

/** Users of a run by skip reason or failure code. */
export type RunReasons = Pick<Tally, 'reasons'> & { readonly runId: string };

/** The worker of a chunk now. */
export interface ChunkClaim {
  readonly runId: string;
  readonly chunk: number;
  readonly owner: string | null;
  readonly fence: number;
  readonly leaseUntil: Date | null;
}

// The figures of a chunk of one user are that user's outcome.
const ALONE = sql`case when roster = 1 then coalesce(
  (select w.user_ids[1] from batch.chunk_work w where w.run_id = chunk_view.run_id and w.chunk = chunk_view.chunk),
  (select s.user_id from batch.run_view r join batch.event_log e on e.run_month = r.run_month and e.stream = 'run-' || r.run_id || '/chunk-' || chunk_view.chunk and e.subject is not null
    join batch.subject s on s.subject = e.subject where r.run_id = chunk_view.run_id limit 1)) end`;

/** A chunk, and its user where it has only one. */
export type ChunkRow = ChunkViewRow & { readonly onlyUserId: number | null };

/** Reads of the chunk view. */
export class ChunkQueries {
  constructor(private readonly em: EntityManager) {}

  /** Sums of several runs in one statement; a run without chunks is absent. */
  async tallies(runIds: readonly string[]): Promise<RunTally[]> {
    const { rows } = await sql<RunTally>`
      select run_id as "runId", sum(generated)::int as generated, sum(skipped)::int as skipped, sum(failed)::int as failed,
        sum(cancelled)::int as cancelled, count(completed_at)::int as "chunksDone", max(completed_at) as "lastChunkAt"
      from batch.chunk_view where run_id = any(${runIds}::uuid[]) group by run_id`.execute(this.em.getKysely());
    return rows.map((row) => ({ ...row, lastChunkAt: toDate(row.lastChunkAt) }));
  }

  /** Reasons of several runs in one statement; a run without any is absent. */
  async reasons(runIds: readonly string[]): Promise<RunReasons[]> {
    const { rows } = await sql<RunReasons>`
      select run_id as "runId", jsonb_object_agg(key, users) as reasons from (
        select c.run_id, r.key, sum(r.value::int)::int as users
        from batch.chunk_view c, jsonb_each_text(c.reasons) r where c.run_id = any(${runIds}::uuid[]) group by 1, 2) summed
      group by run_id`.execute(this.em.getKysely());
    return rows;
  }

  /** The same page of each of several runs' chunks, in their order and in one statement. The key is (chunk). */
  async ofRuns(runIds: readonly string[], page: PageRequest): Promise<Pages<ChunkRow>> {
    const after = page.after === undefined ? -1 : Number(page.after[0]);
    const { rows } = await sql<ChunkRow>`
      select c.* from unnest(${runIds}::uuid[]) as wanted (id) cross join lateral (
        select run_id as "runId", chunk, ${ALONE} as "onlyUserId", roster, generated, skipped, failed, cancelled, reasons, completed_at as "completedAt"
        from batch.chunk_view where run_id = wanted.id and chunk > ${after} order by chunk limit ${page.first + 1}) c
      order by c.chunk`.execute(this.em.getKysely());
    const dated = rows.map((row) => ({ ...row, completedAt: toDate(row.completedAt ?? null) }));
    return pagesOf(dated, ({ runId }) => runId, page.first); // prettier-ignore
  }

  /** Claims of the named chunks of runs, as they are now, in one statement. */
  async claims(chunks: readonly { readonly runId: string; readonly chunk: number }[]): Promise<ChunkClaim[]> {
    const { rows } = await sql<ChunkClaim>`
      select run_id as "runId", chunk, case when ${sql.raw(leaseHolds('chunk_work'))} then owner end as owner, fence, lease_until as "leaseUntil"
      from unnest(${chunks.map(({ runId }) => runId)}::uuid[], ${chunks.map(({ chunk }) => chunk)}::int[]) as wanted (run_id, chunk)
        join batch.chunk_work using (run_id, chunk)`.execute(this.em.getKysely());
    return rows.map((row) => ({ ...row, leaseUntil: toDate(row.leaseUntil) }));
  }
}
