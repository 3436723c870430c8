import type { RunStore, StoredRun } from '../application/ports.js';
import type { Tally } from '../domain/outcome.js';
import type { Queryable } from '../eventlog/postgres-log.js';
import { WRITE_NIGHT } from './night-sql.js';
import { RUN_COLUMNS, RUN_SELECTION, runOfRow, runValues, type RunRow } from './run-rows.js';
import { upsertSql } from './schedule-store.js';
import { standsBefore } from './waiting-runs.js';

/**
 * CTEs that take a run's lock, for statements whose `$1` is the run: writers of its chunks pass together (`SHARED`), a writer that
 * decides about the run passes alone. Held until the transaction ends; join `turn` to have it evaluated.
 *
 * The locks on the run's row are not enough. PostgreSQL grants a shared one past a session that waits for the exclusive one, so lanes whose
 * transactions overlap would keep an order to pause or cancel waiting until nothing is left of the run. Advisory locks are granted in turn.
 */
export const RUN_LOCK = {
  SHARED: turnBy('pg_advisory_xact_lock_shared'),
  EXCLUSIVE: turnBy('pg_advisory_xact_lock'),
} as const;

function turnBy(lock: string): string {
  return `with turn as materialized (select ${lock}(hashtextextended($1::uuid::text, 0)) as passed)`;
}

const SAVE = upsertSql('batch.run_view', RUN_COLUMNS);

const TALLY = sums('select * from batch.chunk_view where run_id = $1');
/** Only what was told after a time: the parts of a chunk that was under way then are told one by one. */
const TALLY_SINCE =
  sums(`select (e.data->>'generated')::int as generated, (e.data->>'skipped')::int as skipped, (e.data->>'failed')::int as failed,
    (e.data->>'cancelled')::int as cancelled, e.data->'reasons' as reasons
  from batch.run_view r join batch.event_log e on e.run_month = r.run_month and e.run_id = r.run_id and e.subject is null
  where r.run_id = $1 and e.type in ('ChunkProgressed', 'ChunkCompleted') and e.recorded_at > $2::timestamptz`);

/** Sums of tallies, a row each. */
function sums(tallies: string): string {
  return `with mine as (${tallies}),
  codes as (select r.key, sum(r.value::int)::int as users from mine, jsonb_each_text(mine.reasons) r group by r.key)
  select coalesce(sum(generated), 0)::int as generated, coalesce(sum(skipped), 0)::int as skipped, coalesce(sum(failed), 0)::int as failed,
    coalesce(sum(cancelled), 0)::int as cancelled, (select coalesce(jsonb_object_agg(key, users), '{}') from codes) as reasons from mine`;
}

const MUST_WAIT = `select 1 from batch.run_view me join batch.run_view other on ${standsBefore('other', 'me')} where me.run_id = $1 limit 1`;

/** The run view, inside a transaction. */
export class PostgresRunStore implements RunStore {
  constructor(private readonly db: Queryable) {}

  async lock(runId: string): Promise<StoredRun | undefined> {
    const text = `${RUN_LOCK.EXCLUSIVE} select ${RUN_SELECTION} from turn cross join batch.run_view where run_id = $1 for update of run_view`;
    const { rows } = await this.db.query<RunRow>(text, [runId]);
    return rows[0] && runOfRow(rows[0]);
  }

  async save(stored: StoredRun): Promise<void> {
    await this.db.query(SAVE, runValues(stored));
    const { endedAt, request } = stored.run;
    if (endedAt !== null && !request.dryRun) await this.writeNight(request.program, request.recordDate);
  }

  /** A night has several runs: the second writer reads what the first has written. */
  private async writeNight(program: string, recordDate: string): Promise<void> {
    await this.db.query('select pg_advisory_xact_lock(hashtext($1), hashtext($2))', [`batch.night ${program}`, recordDate]);
    await this.db.query({ name: 'write-night', text: WRITE_NIGHT, values: [program, recordDate] });
  }

  async lockDate(program: string, date: string): Promise<string | undefined> {
    await this.db.query('select pg_advisory_xact_lock(hashtext($1), hashtext($2))', [`batch.run ${program}`, date]);
    const text = `select run_id from batch.run_view where ended_at is null and program = $1 and record_date = $2 and not dry_run limit 1`;
    const { rows } = await this.db.query<{ run_id: string }>(text, [program, date]);
    return rows[0]?.run_id;
  }

  async lockSchedule(scheduleId: string): Promise<void> {
    await this.db.query('select pg_advisory_xact_lock(hashtext($1), hashtext($2))', ['batch.run of a schedule', scheduleId]);
  }

  async mustWait(runId: string): Promise<boolean> {
    return (await this.db.query(MUST_WAIT, [runId])).rowCount === 1;
  }

  async openRuns(scheduleId: string): Promise<number> {
    const text = 'select count(*)::int as open from batch.run_view where schedule_id = $1 and ended_at is null';
    return (await this.db.query<{ open: number }>(text, [scheduleId])).rows[0]?.open ?? 0;
  }

  async queued(scheduleId: string): Promise<readonly string[]> {
    const text = `select run_id from batch.run_view where schedule_id = $1 and ended_at is null and planned_at is null
      order by requested_at desc, run_id desc`;
    return (await this.db.query<{ run_id: string }>(text, [scheduleId])).rows.map(({ run_id }) => run_id);
  }

  async tally(runId: string, since?: string): Promise<Tally> {
    const { rows } =
      since === undefined ? await this.db.query<Tally>(TALLY, [runId]) : await this.db.query<Tally>(TALLY_SINCE, [runId, since]);
    return rows[0] as Tally;
  }

  async activeSchedules(): Promise<number> {
    const { rows } = await this.db.query<{ active: number }>('select count(*)::int as active from batch.schedule_view where status = $1', [
      'ACTIVE',
    ]);
    return rows[0]?.active ?? 0;
  }
}
