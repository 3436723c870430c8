import type pg from 'pg';
import type { ClaimedChunk, DueRun, LaneStore, RunReader, StoredRun } from '../application/ports.js';
import { localDate } from '../domain/local-date.js';
import { RUN_SELECTION, runOfRow, type RunRow } from './run-rows.js';
import { isNow, leaseHolds } from './database-time.js';
import { CLAIM, CLAIM_FOR_TRIAL, DUE, PAUSES, STRANDED, WAITING } from './lane-statements.js';
import { DEAD_AFTER_MS } from './workers.js';

/** Runs out of their view, each in a statement of its own. */
export class PostgresRunReader implements RunReader {
  constructor(private readonly db: Pick<pg.Pool, 'query'>) {}

  async find(runId: string): Promise<StoredRun | undefined> {
    const text = `select ${RUN_SELECTION} from batch.run_view where run_id = $1`;
    const { rows } = await this.db.query<RunRow>({ name: 'find-run', text, values: [runId] });
    return rows[0] && runOfRow(rows[0]);
  }
}

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
    const text = `select from batch.chunk_work c where run_id = $1 and not done and ${leaseHolds('c')} limit 1`;
    return (await this.db.query(text, [runId])).rowCount === 1;
  }

  async renew({ runId, chunk, fence }: ClaimedChunk, leaseMs: number): Promise<boolean> {
    const text = `update batch.chunk_work set lease_until = clock_timestamp() + $4 * interval '1 ms', lease_ms = $4
      where run_id = $1 and chunk = $2 and fence = $3 and owner is not null and not done`; // a renewal that was on its way revives no chunk that was released
    return (await this.db.query(text, [runId, chunk, fence, leaseMs])).rowCount === 1;
  }

  async release({ runId, chunk, fence }: ClaimedChunk, { blamed } = { blamed: false }): Promise<void> {
    const text = `update batch.chunk_work set lease_until = null, owner = null, takeovers = takeovers + $4::int
      where run_id = $1 and chunk = $2 and fence = $3 and not done`;
    await this.db.query(text, [runId, chunk, fence, blamed ? 1 : 0]);
  }

  async wait({ runId, chunk, fence }: ClaimedChunk, ms: number): Promise<void> {
    const text = `update batch.chunk_work set lease_until = null, owner = null, takeovers = 0, waits_until = clock_timestamp() + $4 * interval '1 ms'
      where run_id = $1 and chunk = $2 and fence = $3 and not done`;
    await this.db.query(text, [runId, chunk, fence, ms]);
  }

  async capacity(): Promise<number> {
    const text = `select coalesce(sum(lanes), 0)::int as lanes from batch.worker where stopped_at is null and ${isNow('seen_at', DEAD_AFTER_MS)}`;
    const { rows } = await this.db.query<{ lanes: number }>(text);
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

  /** Runs that have not ended and that no process works on although something is due: not planned, or with a free chunk, or all chunks done. */
  async stranded(): Promise<readonly string[]> {
    const { rows } = await this.db.query<{ run_id: string }>(STRANDED);
    return rows.map(({ run_id }) => run_id);
  }
}

function claimOf(row: ClaimRow): ClaimedChunk {
  const { chunk, fence, takeovers, suspect, cancelled, started, program, generator } = row;
  const asked = {
    program,
    generator,
    recordDate: localDate(row.record_date),
    onExisting: row.on_existing,
    dryRun: row.dry_run,
    shadow: row.shadow,
    recalled: row.recalled,
    mode: row.mode ?? 'CALLS',
  };
  return {
    runId: row.run_id,
    month: localDate(row.run_month),
    chunk,
    fence,
    userIds: row.user_ids,
    takeovers,
    suspect,
    cancelled,
    started,
    asked,
  };
}

interface ClaimRow extends Pick<RunRow, 'program' | 'generator' | 'record_date' | 'dry_run' | 'shadow' | 'on_existing' | 'mode'> {
  started: boolean;
  recalled: boolean;
  run_id: string;
  run_month: string;
  chunk: number;
  fence: number;
  user_ids: number[];
  takeovers: number;
  suspect: boolean;
  cancelled: boolean;
}
