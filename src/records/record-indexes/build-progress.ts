import type pg from 'pg';

/** How far PostgreSQL has come with an index. */
export interface BuildState {
  /** PostgreSQL's own words for the step, such as `building index: scanning table`. */
  readonly phase: string;
  /** Blocks of 8 kB, entries, or sessions that are waited for: what the step counts. */
  readonly done: number;
  /** Null of a step that counts nothing. */
  readonly total: number | null;
}

// What earlier steps counted stays in the view: each step is asked for its own count.
const STATE = `select phase, coalesce(case when phase like 'waiting%' then lockers_done when phase like '%scanning%' then blocks_done
      when phase like '%loading%' then tuples_done end, 0)::float8 as done,
    nullif(case when phase like 'waiting%' then lockers_total when phase like '%scanning%' then blocks_total
      when phase like '%loading%' then tuples_total end, 0)::float8 as total
  from pg_stat_progress_create_index where pid = $1`;

/** Asks how far a session's build is; undefined when it builds nothing now. */
export async function readBuild(db: Pick<pg.ClientBase, 'query'>, pid: number): Promise<BuildState | undefined> {
  return (await db.query<BuildState>(STATE, [pid])).rows[0];
}
