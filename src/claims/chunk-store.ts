import type { ChunkStore, ClaimedChunk } from '../application/ports.js';
import type { LocalDate } from '../domain/local-date.js';
import type { Tally } from '../domain/outcome.js';
import type { PlannedChunk } from '../domain/run/run-events.js';
import type { Queryable } from '../eventlog/postgres-log.js';

/** Claims and counters of chunks, inside a transaction. */
export class PostgresChunkStore implements ChunkStore {
  constructor(private readonly db: Queryable) {}

  async plan(runId: string, month: LocalDate, chunks: readonly { chunk: PlannedChunk; userIds: readonly number[] }[]): Promise<void> {
    const texts = chunks.map(({ userIds }) => `{${userIds.join(',')}}`); // unnest flattens an int[][]: pass texts, cast each
    await this.db.query(
      `insert into batch.chunk_work (run_id, chunk, run_month, user_ids)
       select $1, n - 1, $2::date, ids::int[] from unnest($3::text[]) with ordinality as t (ids, n)`,
      [runId, month, texts],
    );
    const column = (name: keyof PlannedChunk): number[] => chunks.map(({ chunk }) => chunk[name]);
    await this.db.query(
      `insert into batch.chunk_view (run_id, chunk, after_user_id, through_user_id, roster)
       select $1, n - 1, a, t, r from unnest($2::int[], $3::int[], $4::int[]) with ordinality as c (a, t, r, n)`,
      [runId, column('after'), column('through'), column('roster')],
    );
  }

  async holdsFence({ runId, chunk, fence }: ClaimedChunk): Promise<boolean> {
    const text = `select 1 from batch.chunk_work where run_id = $1 and chunk = $2 and fence = $3 and not done for update`;
    const { rowCount } = await this.db.query({ name: 'holds-fence', text, values: [runId, chunk, fence] });
    return rowCount === 1;
  }

  async finish({ runId, chunk }: ClaimedChunk, tally: Tally): Promise<void> {
    const { generated, skipped, failed, cancelled, reasons } = tally;
    const text = `with work as (update batch.chunk_work set done = true, lease_until = null, user_ids = '{}' where run_id = $1 and chunk = $2)
      update batch.chunk_view set generated = $3, skipped = $4, failed = $5, cancelled = $6, reasons = $7, completed_at = now()
      where run_id = $1 and chunk = $2`;
    await this.db.query({
      name: 'finish-chunk',
      text,
      values: [runId, chunk, generated, skipped, failed, cancelled, JSON.stringify(reasons)],
    });
  }

  async openChunks(runId: string): Promise<number> {
    const text = 'select count(*)::int as open from batch.chunk_work where run_id = $1 and not done';
    const { rows } = await this.db.query<{ open: number }>(text, [runId]);
    return rows[0]?.open ?? 0;
  }
}
