import type { BatchLine, BatchStore, ClosingBatches, NewBatch, StoredBatch, ClaimedChunk } from '../application/ports.js';
import type { BatchEnd } from '../domain/run/ask-mode.js';
import type { Queryable } from '../eventlog/postgres-log.js';
import { RESERVE } from './reserve-money.js';

const COLUMNS = `key, state, ended, provider_id as "providerId", coalesce(lines, '[]') as lines, reserved_micros::float8 as "reservedMicros",
  spent_micros::float8 as "spentMicros", searches, cancel_asked_at as "cancelAskedAt", wait_until as "waitUntil"`;

// Money moves once: with the first statement that knows what the batch cost. Of a run without a budget there is no row to move it in.
const SETTLE = `settled as (
    update batch.model_batch set spent_micros = $2::bigint where key = $1 and spent_micros is null and $2::bigint is not null
    returning run_id, reserved_micros),
  paid as (
    update batch.llm_spending s set micros = greatest(0, s.micros + $2::bigint - b.reserved_micros) from settled b where s.run_id = b.run_id)`;

const CLOSE = `state = 'CLOSING', ended_at = coalesce(ended_at, clock_timestamp())`;
/** Whose cost may still turn out: it was not known, or nothing was charged since it was taken for not sent. */
const CHEAPER = `(spent_micros is null or (spent_micros = 0 and ended in ('NOT_SENT', 'REFUSED')))`;
/** Days after which nothing is known of a batch any more but what the log says. */
const KEPT_DAYS = 90;

/** Batches at a provider as we know them, inside a transaction. */
export class PostgresBatchStore implements BatchStore {
  constructor(private readonly db: Queryable) {}

  async ofChunk({ runId, chunk }: Pick<ClaimedChunk, 'runId' | 'chunk'>): Promise<readonly StoredBatch[]> {
    const text = `select ${COLUMNS} from batch.model_batch where run_id = $1 and $2 = any(chunks) order by made_at, key`;
    return (await this.db.query<StoredBatch>(text, [runId, chunk])).rows;
  }

  async reserve(runId: string, micros: number, budgetMicros: number): Promise<boolean> {
    return (await this.db.query(RESERVE, [runId, micros, budgetMicros])).rowCount === 1;
  }

  async left(runId: string, budgetMicros: number): Promise<number> {
    const text = 'select micros::float8 as micros from batch.llm_spending where run_id = $1 for update';
    const { rows } = await this.db.query<{ micros: number }>(text, [runId]);
    return Math.max(0, budgetMicros - (rows[0]?.micros ?? 0));
  }

  async prepare({ key, claim, lines, reservedMicros, waitUntil }: NewBatch): Promise<void> {
    const kept = lines.map(({ customId, userId, inputsHash, sentBytes, reservedMicros: micros, isUnlimited }): BatchLine => ({ customId, userId, inputsHash, sentBytes, reservedMicros: micros, ...(isUnlimited && { isUnlimited }) })); // prettier-ignore
    await this.db.query(
      `insert into batch.model_batch (key, run_id, chunks, requests, lines, reserved_micros, wait_until) values ($1, $2, array[$3::int], $4, $5, $6, $7)`,
      [key, claim.runId, claim.chunk, lines.length, JSON.stringify(kept), reservedMicros, waitUntil],
    );
  }

  async sent(key: string, providerId: string): Promise<boolean> {
    const text = `update batch.model_batch set state = 'SENT', provider_id = $2, sent_at = coalesce(sent_at, clock_timestamp())
      where key = $1 and state in ('PREPARED', 'SENT') and coalesce(provider_id, $2) = $2`;
    return (await this.db.query(text, [key, providerId])).rowCount === 1;
  }

  async strayed(key: string, providerId: string): Promise<void> {
    const text = `update batch.model_batch set state = 'CLOSING', provider_id = coalesce(provider_id, $2), due_at = clock_timestamp() where key = $1`;
    await this.db.query(text, [key, providerId]);
  }

  async searched(key: string): Promise<void> {
    await this.db.query('update batch.model_batch set searches = searches + 1 where key = $1', [key]);
  }

  async cancelAsked(key: string): Promise<void> {
    await this.db.query('update batch.model_batch set cancel_asked_at = coalesce(cancel_asked_at, clock_timestamp()) where key = $1', [
      key,
    ]);
  }

  async ended(key: string, { end, spentMicros }: { readonly end: BatchEnd; readonly spentMicros: number | null }): Promise<boolean> {
    await this.db.query(`with ${SETTLE} select`, [key, spentMicros]);
    const text = `update batch.model_batch set ended = $2, ended_at = clock_timestamp() where key = $1 and ended is null`;
    return (await this.db.query(text, [key, end])).rowCount === 1;
  }

  async close(key: string, afterMs: number): Promise<void> {
    const text = `update batch.model_batch set ${CLOSE}, due_at = clock_timestamp() + $2::float8 * interval '1 ms' where key = $1 and state in ('PREPARED', 'SENT')`;
    await this.db.query(text, [key, afterMs]);
  }

  async closeDone(runId: string): Promise<void> {
    await this.db.query(
      `update batch.model_batch b set ${CLOSE}, due_at = clock_timestamp() where run_id = $1 and state in ('PREPARED', 'SENT') and not exists (
        select from batch.chunk_work w where w.run_id = $1 and w.chunk = any(b.chunks) and not w.done)`,
      [runId],
    );
  }

  async share({ runId, chunk }: Pick<ClaimedChunk, 'runId' | 'chunk'>, first: number, chunks: number): Promise<void> {
    const text = `update batch.model_batch set chunks = chunks || array(select generate_series($3::int, $3::int + $4::int - 1))
      where run_id = $1 and $2 = any(chunks) and state in ('PREPARED', 'SENT')`;
    await this.db.query(text, [runId, chunk, first, chunks]);
  }
}

/** Batches that leave something to be cleaned up, on a pool. */
export class PostgresClosingBatches implements ClosingBatches {
  constructor(private readonly db: Queryable) {}

  async take(most: number, ms: number): Promise<readonly StoredBatch[]> {
    // Two processes take different ones; one that dies with some leaves them to the next, when they are due again. The older a batch is, the longer it rests.
    const text = `with due as (
        select key as taken from batch.model_batch where state = 'CLOSING' and due_at <= clock_timestamp() order by due_at limit $1 for update skip locked)
      update batch.model_batch set due_at = clock_timestamp() + greatest($2 * interval '1 ms', least(interval '1 hour', (clock_timestamp() - ended_at) / 4))
      from due where key = due.taken returning ${COLUMNS}`;
    return (await this.db.query<StoredBatch>(text, [most, ms])).rows;
  }

  async settled(key: string, spentMicros: number): Promise<void> {
    await this.db.query(
      `with before as (
          select run_id, coalesce(spent_micros, reserved_micros) as charged from batch.model_batch where key = $1 and ${CHEAPER} for update),
        settled as (update batch.model_batch set spent_micros = $2::bigint where key = $1 and ${CHEAPER})
      update batch.llm_spending s set micros = greatest(0, s.micros + $2::bigint - b.charged) from before b where s.run_id = b.run_id`,
      [key, spentMicros],
    );
  }

  async closed(key: string): Promise<void> {
    await this.db.query(
      `with old as (delete from batch.model_batch where state = 'CLOSED' and made_at < clock_timestamp() - interval '${KEPT_DAYS} days')
      update batch.model_batch set state = 'CLOSED', lines = null, due_at = null, ended_at = coalesce(ended_at, clock_timestamp()) where key = $1`,
      [key],
    );
  }
}
