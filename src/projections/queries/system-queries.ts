import type pg from 'pg';
import type { Workers, WorkerEntry } from '../../claims/workers.js';
import type { Cursor } from '../../application/ports.js';

/** What an operator looks at first. */
export interface SystemFigures {
  readonly now: Date;
  readonly databaseVersion: string;
  readonly events: number;
  readonly head: Cursor;
  readonly lagMs: number;
  readonly activeRuns: number;
  readonly queuedJobs: number | null;
  readonly workers: readonly WorkerEntry[];
}

const FIGURES = `select now() as now, current_setting('server_version') as version,
  (select coalesce(sum(greatest(c.reltuples, 0)), 0)::float8 from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'batch.event'::regclass) as events,
  (select coalesce(max(extract(epoch from now() - e.recorded_at) * 1000), 0)::float8 from batch.event e
    where e.xid >= pg_snapshot_xmin(pg_current_snapshot())) as lag,
  (select count(*)::int from batch.run_view where ended_at is null) as runs`;

const HEAD = `select xid::text, position::text from batch.event where xid < pg_snapshot_xmin(pg_current_snapshot())
  order by event.xid desc, event.position desc limit 1`;

/** Reads of the system's state. */
export class SystemQueries {
  constructor(
    private readonly pool: Pick<pg.Pool, 'query'>,
    private readonly workers: Workers,
    /** Jobs that wait or run; null when the job store does not answer. */
    private readonly queued: () => Promise<number | null>,
    readonly jobStoreKind: string,
  ) {}

  /** @throws when the database does not answer. */
  async figures(): Promise<SystemFigures> {
    const [figures, head, workers, queuedJobs] = await Promise.all([
      this.pool.query<{ now: Date; version: string; events: number; lag: number; runs: number }>(FIGURES),
      this.pool.query<Cursor>(HEAD),
      this.workers.alive(),
      this.queued(),
    ]);
    const row = figures.rows[0];
    if (row === undefined) throw new Error('the database answered a count with no row');
    return {
      now: row.now,
      databaseVersion: row.version.split(' ')[0] ?? row.version,
      events: row.events,
      head: head.rows[0] ?? { xid: '0', position: '0' },
      lagMs: Math.round(row.lag),
      activeRuns: row.runs,
      queuedJobs,
      workers,
    };
  }
}
