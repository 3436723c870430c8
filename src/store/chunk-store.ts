import { asTyped } from '../base/as-typed.js';
import type { ChunkAdvance, ChunkStore, ClaimedChunk, HeldChunk, RosterChunk } from '../application/ports.js';
import type { LocalDate } from '../domain/local-date.js';
import type { Queryable } from '../eventlog/postgres-log.js';
import { RUN_LOCK } from './run-store.js';

// The run is locked too, shared with other chunks and against a pause or a cancel of it: what is written stands before that in the log.
const HOLD = `${RUN_LOCK.SHARED} select w.version, w.user_ids, r.cancel_requested_at is not null as cancelled, r.status = 'PAUSED' as paused
  from turn cross join batch.chunk_work w join batch.run_view r on r.run_id = w.run_id
  where w.run_id = $1 and w.chunk = $2 and w.fence = $3 and not w.done for update of w for share of r`;

// Reasons add up over the parts of a chunk; nearly always there is one.
const ADVANCE = `with work as (
    update batch.chunk_work set done = $3, lease_until = case when $3 then null else lease_until end, version = $4, user_ids = $5, takeovers = 0
    where run_id = $1 and chunk = $2)
  update batch.chunk_view v set generated = generated + $6, skipped = skipped + $7, failed = failed + $8, cancelled = cancelled + $9,
    reasons = case when v.reasons = '{}' then $10::jsonb else (
      select coalesce(jsonb_object_agg(key, users), '{}') from (
        select key, sum(value::int) as users from (
          select * from jsonb_each_text(v.reasons) union all select * from jsonb_each_text($10::jsonb)) both_parts group by key) summed) end,
    completed_at = case when $3 then batch.event_time() end
  where run_id = $1 and chunk = $2`;

/** Chunks of a plan that are inserted at once: their users' ids travel as texts. */
const CHUNKS_AT_ONCE = 100;

interface HeldRow {
  readonly version: number;
  readonly user_ids: number[];
  readonly cancelled: boolean;
  readonly paused: boolean;
}

/** Claims and counters of chunks, inside a transaction. */
export class PostgresChunkStore implements ChunkStore {
  constructor(private readonly db: Queryable) {}

  async plan(
    runId: string,
    month: LocalDate,
    chunks: readonly RosterChunk[],
    { first, suspect } = { first: 0, suspect: false },
  ): Promise<void> {
    for (let from = 0; from < chunks.length; from += CHUNKS_AT_ONCE) {
      await this.insert({ runId, month }, chunks.slice(from, from + CHUNKS_AT_ONCE), { first: first + from, suspect });
    }
  }

  private async insert(
    { runId, month }: { readonly runId: string; readonly month: LocalDate },
    chunks: readonly RosterChunk[],
    { first, suspect }: { readonly first: number; readonly suspect: boolean },
  ): Promise<void> {
    const texts = chunks.map(({ userIds }) => `{${userIds.join(',')}}`); // unnest flattens an int[][]: pass texts, cast each
    await this.db.query(
      `insert into batch.chunk_work (run_id, chunk, run_month, user_ids, suspect)
       select $1, $4 + n - 1, $2::date, ids::int[], $5 from unnest($3::text[]) with ordinality as t (ids, n)`,
      [runId, month, texts, first, suspect],
    );
    await this.db.query(
      `insert into batch.chunk_view (run_id, chunk, roster) select $1, $3 + n - 1, r from unnest($2::int[]) with ordinality as c (r, n)`,
      [runId, chunks.map(({ chunk }) => chunk.roster), first],
    );
  }

  async hold({ runId, chunk, fence }: ClaimedChunk): Promise<HeldChunk | undefined> {
    const { rows } = await this.db.query<HeldRow>({ name: 'hold', text: HOLD, values: [runId, chunk, fence] });
    return rows[0] && { ...rows[0], userIds: rows[0].user_ids };
  }

  async advance({ runId, chunk }: ClaimedChunk, { tally, version, remaining }: ChunkAdvance): Promise<void> {
    const { generated, skipped, failed, cancelled, reasons } = tally;
    const sums = [generated, skipped, failed, cancelled, JSON.stringify(reasons)];
    await this.db.query({
      name: 'advance-chunk',
      text: ADVANCE,
      values: [runId, chunk, remaining.length === 0, version, remaining, ...sums],
    });
  }

  async rosterOf({ runId, chunk }: ClaimedChunk): Promise<number> {
    const text = `select roster from batch.chunk_view where run_id = $1 and chunk = $2`;
    const { rows } = await this.db.query<{ roster: number }>(text, [runId, chunk]);
    if (rows[0] === undefined) throw new Error(`chunk ${chunk} of run ${runId} is in no view: run "${asTyped('rebuild')}"`);
    return rows[0].roster;
  }

  async shrink({ runId, chunk }: ClaimedChunk, { chunk: { roster }, userIds }: RosterChunk): Promise<void> {
    const text = `with work as (
        update batch.chunk_work set user_ids = $3, suspect = true, takeovers = 0, owner = null, lease_until = null where run_id = $1 and chunk = $2)
      update batch.chunk_view set roster = $4 where run_id = $1 and chunk = $2`;
    await this.db.query(text, [runId, chunk, userIds, roster]);
  }

  async suspect({ runId, chunk }: ClaimedChunk): Promise<void> {
    const text =
      'update batch.chunk_work set suspect = true, takeovers = 0, owner = null, lease_until = null where run_id = $1 and chunk = $2';
    await this.db.query(text, [runId, chunk]);
  }

  async noted({ runId, chunk }: ClaimedChunk, version: number): Promise<void> {
    await this.db.query('update batch.chunk_work set version = $3 where run_id = $1 and chunk = $2', [runId, chunk, version]);
  }

  async openChunks(runId: string): Promise<number> {
    const text = 'select count(*)::int as open from batch.chunk_work where run_id = $1 and not done';
    const { rows } = await this.db.query<{ open: number }>(text, [runId]);
    return rows[0]?.open ?? 0;
  }
}
