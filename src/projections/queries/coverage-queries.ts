import type { Queryable } from '../../eventlog/postgres-log.js';
import type { ProgramName } from '../../domain/program.js';
import { isWholeRun } from '../../store/whole-run.js';

/** A night by its program and record date (`YYYY-MM-DD`). */
export interface NightKey {
  readonly program: ProgramName;
  readonly recordDate: string;
}

/** How many of a night's eligible users have advice now. */
export interface NightCoverage extends NightKey {
  readonly ready: number;
  readonly eligible: number;
}

const EXISTED = `coalesce((c.reasons->>'INTERVENTION_EXISTS')::int, 0)`;

// Only a run over everybody, with its roster fixed, says who is eligible: three users of three are no night. What goes on counts by its chunks.
const COVERAGE = `select w.program, w.record_date::text as "recordDate", told.ready::float8 as ready, told.eligible::float8 as eligible
  from unnest($1::text[], $2::date[]) w (program, record_date) cross join lateral (
    select n.generated + n.existed as ready, n.generated + n.existed + n.failed + n.cancelled as eligible from batch.night_view n
      where n.program = w.program and n.record_date = w.record_date and exists (select from batch.run_view r where r.program = n.program
        and r.record_date = n.record_date and not r.dry_run and ${isWholeRun('r')} and r.planned_at is not null and r.ended_at is not null)
    union all
    select sum(c.generated + ${EXISTED}), sum(c.roster - c.skipped + ${EXISTED}) from batch.run_view r join batch.chunk_view c on c.run_id = r.run_id
      where r.program = w.program and r.record_date = w.record_date and not r.dry_run and ${isWholeRun('r')} and r.ended_at is null group by r.run_id) told`;

/** Counts users with advice, without reading an outcome. */
export class CoverageQueries {
  constructor(private readonly db: Queryable) {}

  /** What the runs of these nights came to, a row for what ended and one for each that goes on; none where no run over everybody was planned. */
  async ofNights(nights: readonly NightKey[]): Promise<readonly NightCoverage[]> {
    const values = [nights.map(({ program }) => program), nights.map(({ recordDate }) => recordDate)];
    return (await this.db.query<NightCoverage>(COVERAGE, values)).rows;
  }

  /** The database's time. */
  async now(): Promise<Date> {
    const { rows } = await this.db.query<{ now: Date }>('select clock_timestamp() as now');
    return (rows[0] as { now: Date }).now;
  }
}
