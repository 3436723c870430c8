import type pg from 'pg';
import type { Workers, WorkerEntry } from '../../store/workers.js';
import type { Cursor } from '../../application/ports.js';
import { ORIGIN } from '../../eventlog/cursor.js';
import type { Lag, LagWatch } from '../../eventlog/lag-watch.js';
import { HEAD } from '../../eventlog/postgres-log.js';

/** What an operator looks at first. */
export interface SystemFigures {
  readonly now: Date;
  readonly databaseVersion: string;
  readonly events: number;
  readonly head: Cursor;
  readonly lag: Lag;
  readonly activeRuns: number;
  readonly queuedJobs: number | null;
  readonly workers: readonly WorkerEntry[];
  /** What keeps a living process from its language model; null when nothing does. */
  readonly modelProblem: string | null;
}

const FIGURES = `select now() as now, current_setting('server_version') as version,
  (select coalesce(sum(greatest(c.reltuples, pg_stat_get_live_tuples(c.oid), 0)), 0)::float8 from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'batch.event_log'::regclass) as events,
  (select count(*)::int from batch.run_view where ended_at is null) as runs`;

/** What the figures are taken from. */
export interface SystemSources {
  readonly pool: Pick<pg.Pool, 'query'>;
  readonly workers: Workers;
  readonly lag: Pick<LagWatch, 'look'>;
  /** Jobs that wait or run; null when the job store does not answer. */
  readonly queued: () => Promise<number | null>;
  readonly jobStoreKind: string;
}

/** Reads of the system's state. */
export class SystemQueries {
  constructor(private readonly sources: SystemSources) {}

  get jobStoreKind(): string {
    return this.sources.jobStoreKind;
  }

  /** @throws when the database does not answer. */
  async figures(): Promise<SystemFigures> {
    const { pool, lag: watch, workers: registry, queued } = this.sources;
    const [figures, head, lag, workers, queuedJobs, modelProblem] = await Promise.all([
      pool.query<{ now: Date; version: string; events: number; runs: number }>(FIGURES),
      pool.query<Cursor>(HEAD),
      watch.look(),
      registry.alive(),
      queued(),
      registry.modelProblem(),
    ]);
    const row = figures.rows[0];
    if (row === undefined) throw new Error('the database answered a count with no row');
    return {
      now: row.now,
      databaseVersion: row.version.split(' ')[0] ?? row.version,
      events: row.events,
      head: head.rows[0] ?? ORIGIN,
      lag,
      activeRuns: row.runs,
      queuedJobs,
      workers,
      modelProblem,
    };
  }
}
