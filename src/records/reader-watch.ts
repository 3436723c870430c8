import type pg from 'pg';
import type { ReaderLook, ReaderWatch } from '../application/ports/readers.js';
import { IBSAFE } from './ibsafe-names.js';

/** Readers of one look. */
const READERS = 50;
/** Within so many ms another connection has asked something, or it counts as silent. */
const LATELY_MS = 2_000;

// A row's id is counted up and looked for: what is found leaves the database as yes or no. The application's name is shown of every connection; what a
// connection of another user does is hidden from a role that may not see it, and then the connection counts as one that asks.
const OTHERS = `select
  exists(select from pg_stat_activity a where a.datname = current_database() and a.usesysid is not null and not starts_with(coalesce(a.application_name, ''), $1)
    and (a.state is null or a.state = 'active' or greatest(a.query_start, a.state_change) > clock_timestamp() - $2 * interval '1 ms')) as "othersAsk",
  exists(select from batch.run_view where ended_at is null and status = 'RUNNING') as "isRunning"`;

// A reader waits for its request, is woken and reads. What is slow beside a run is mostly the waking: other processes have the CPU. So it is measured where the
// reader is, in the server: by a client of this process, which computes itself, its own delay would be measured. PostgreSQL waits for whole ms, rounded up.
const READS = `select extract(epoch from clock_timestamp())::float8 * 1e3 as began, pg_sleep(0.0009),
  exists(select from ${IBSAFE.users} u where u.id = g), extract(epoch from clock_timestamp())::float8 * 1e3 as ended
  from generate_series(1, $1::int) g`;

interface Read {
  readonly began: number;
  readonly ended: number;
}

/** Looks at PostgreSQL's own account of its connections, and reads some rows where others read too: a reader takes a thousandth of a second and what it has to wait. */
export class PostgresReaderWatch implements ReaderWatch {
  /** @param ownName what this service is called in the names of its connections */
  constructor(
    private readonly pool: Pick<pg.Pool, 'query'>,
    private readonly ownName: string,
  ) {}

  async look(): Promise<ReaderLook> {
    const { rows } = await this.pool.query<Omit<ReaderLook, 'readMs'>>(OTHERS, [`${this.ownName} `, LATELY_MS]);
    const { othersAsk, isRunning } = rows[0] as Omit<ReaderLook, 'readMs'>;
    // Beside a run without other readers there is nothing to measure; while no run goes on, it is measured what a reader takes alone.
    if (isRunning && !othersAsk) return { othersAsk, isRunning, readMs: [] };
    const { rows: reads } = await this.pool.query<Read>(READS, [READERS]);
    return { othersAsk, isRunning, readMs: reads.map(({ began, ended }) => Math.max(0, ended - began - 1)) };
  }
}
