import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Deps, Transaction } from '../application/ports.js';
import { PostgresChunkStore } from '../store/chunk-store.js';
import { PostgresBatchStore } from '../store/model-batch-store.js';
import { PostgresIdempotencyKeys } from '../store/idempotency-keys.js';
import { PostgresSlotLedger } from '../store/slot-ledger.js';
import { AppendTrace } from '../eventlog/append-trace.js';
import { PostgresLog } from '../eventlog/postgres-log.js';
import { PostgresBackfillStore } from '../store/backfill-store.js';
import { PostgresRecallStore } from '../store/recall-store.js';
import { PostgresRolloutStore } from '../store/rollout-store.js';
import { PostgresReviewStore } from '../store/review-store.js';
import { PostgresLowDays } from '../projections/low-days.js';
import { PostgresScheduleStore } from '../store/schedule-store.js';
import { PostgresRunStore } from '../store/run-store.js';
import { PostgresInterventionWriter } from '../records/intervention-writer.js';
import { inTransaction } from '../database/in-transaction.js';

/** Deadlock and serialization failure: the transaction did nothing and may be tried again at once. */
const RETRYABLE = new Set(['40P01', '40001']);
const TRIES = 5;

/** Tells the time of a transaction: the database's, which all processes share. Tests move it. */
export type DatabaseClock = (client: pg.ClientBase) => Promise<Date>;

const databaseNow: DatabaseClock = async (client) => {
  const { rows } = await client.query<{ now: Date }>('select clock_timestamp() as now');
  return (rows[0] as { now: Date }).now;
};

/**
 * Runs `work` in a transaction on a client of its own, again when PostgreSQL asks for that. What `work` throws rolls back. Where the answer to COMMIT is lost, its last
 * event is looked for: if it is there, `work` was carried out, whatever it was, and its result stands. `onBehind` is told when the sequence of IBSafe's interventions was
 * found behind its table.
 */
export function transactionOn(pool: pg.Pool, now: DatabaseClock = databaseNow, onBehind?: () => void): Deps['transaction'] {
  return async (work) => {
    for (let attempt = 1; ; attempt += 1) {
      const trace = new AppendTrace(pool);
      try {
        const inOne = (client: pg.PoolClient): ReturnType<typeof work> => work(bind(client, { now, onBehind, trace }), attempt);
        return await inTransaction(pool, '', inOne, () => trace.isWritten());
      } catch (error) {
        if (attempt >= TRIES || !RETRYABLE.has(String((error as { code?: unknown }).code))) throw error;
        await sleep(5 * 2 ** attempt * (1 + (process.pid % 7) / 7)); // apart from the other side of the deadlock
      }
    }
  };
}

interface Binding {
  readonly now: DatabaseClock;
  readonly onBehind: (() => void) | undefined;
  readonly trace: AppendTrace;
}

function bind(client: pg.PoolClient, { now, onBehind, trace }: Binding): Transaction {
  return {
    log: trace.over(new PostgresLog(client)),
    runs: new PostgresRunStore(client),
    schedules: new PostgresScheduleStore(client),
    chunks: new PostgresChunkStore(client),
    batches: new PostgresBatchStore(client),
    keys: new PostgresIdempotencyKeys(client),
    interventions: new PostgresInterventionWriter(client, onBehind),
    lowDays: new PostgresLowDays(client),
    slots: new PostgresSlotLedger(client),
    backfills: new PostgresBackfillStore(client),
    recalls: new PostgresRecallStore(client),
    rollouts: new PostgresRolloutStore(client),
    reviews: new PostgresReviewStore(client),
    now: () => now(client),
  };
}
