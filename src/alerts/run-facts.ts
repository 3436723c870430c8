import type pg from 'pg';
import type { ProgramName } from '../domain/program.js';
import type { AlertedRun, AlertLimits, Coverage } from '../domain/alert/alerts-of-event.js';
import { mostTelling } from '../store/most-telling.js';
import { isWholeRun, leavesNightWhole } from '../store/whole-run.js';

type Db = Pick<pg.ClientBase, 'query'>;

/** Days for which advice of a night lets one of the next be expected. */
const EXPECTED_FOR = 14;

const RUN = `select r.run_id as "runId", r.program, r.record_date::text as "recordDate", r.generator, r.dry_run as "dryRun", ${leavesNightWhole('r', '$3::int')} as whole,
    case when $2 and not exists (select from batch.run_view o where o.recall_id = r.recall_id and o.run_id <> r.run_id and (o.ended_at is null or o.status <> 'COMPLETED' or (o.tally->>'skipped')::int > 0))
      then r.recall_id end as "recallDone",
    $2 and r.trigger = 'SCHEDULE' and exists (
      select from batch.run_view b where b.program = r.program and b.record_date between r.record_date - ${EXPECTED_FOR} and r.record_date - 1 and not b.dry_run and (b.tally->>'generated')::int > 0) as expected,
    $2 and r.generator = 'LLM' and exists (
      select from batch.event_log e where e.run_month = r.run_month and e.run_id = r.run_id and e.data->>'fallbackReason' = 'BUDGET_REACHED') as "budgetReached"
  from batch.run_view r where r.run_id = $1`;

/** What is known of a run; undefined where no view has it. @param ended whether it has completed: then its outcomes are looked through for a budget that was reached @param failuresPercent failed users in a hundred up to which a repeated night is good */
export async function alertedRun(
  db: Db,
  runId: string,
  { ended, failuresPercent }: { readonly ended: boolean } & AlertLimits,
): Promise<AlertedRun | undefined> {
  return (await db.query<AlertedRun>(RUN, [runId, ended, failuresPercent])).rows[0];
}

/** The program of a rollout; undefined where no view has it. */
export async function programOfRollout(db: Db, rolloutId: string): Promise<ProgramName | undefined> {
  const { rows } = await db.query<{ program: ProgramName }>('select program from batch.rollout_view where rollout_id = $1', [rolloutId]);
  return rows[0]?.program;
}

/** A run whose advice was to be there by a time. */
export interface DueRun extends Coverage, Pick<AlertedRun, 'runId' | 'program' | 'recordDate' | 'dryRun'> {
  readonly scheduleId: string | null;
  readonly readyBy: Date;
  readonly planned: boolean;
  /** When it completed or was cancelled, or where it failed another run made its night good; null before. */
  readonly endedAt: Date | null;
}

// Each user of the night counts once, whichever of its runs advised them, else by the newest outcome; by the times of the outcomes, so that a look that comes late finds what was.
const COVERAGE = `select due.run_id as "runId", due.schedule_id as "scheduleId", due.program, due.record_date::text as "recordDate", due.dry_run as "dryRun", due.ready_by as "readyBy",
    coalesce(due.roster, others.roster) is not null as planned, case when due.status = 'FAILED' then others.made_good_at else due.ended_at end as "endedAt",
    told.ready::int, greatest(0, coalesce(due.roster, others.roster, 0) - told.skipped)::int as eligible
  from batch.run_view due cross join lateral (
    select max(o.roster) filter (where o.planned_at <= due.ready_by and ${isWholeRun('o')}) as roster,
      min(o.ended_at) filter (where o.ended_at > due.ended_at and o.status in ('COMPLETED', 'COMPLETED_WITH_FAILURES') and ${leavesNightWhole('o', '$2::int')}) as made_good_at
    from batch.run_view o where o.program = due.program and o.record_date = due.record_date and not o.dry_run and o.run_id <> due.run_id) others cross join lateral (
    select count(*) filter (where advised) as ready, count(*) filter (where not advised and newest = 'UserSkipped') as skipped from (
      select o.subject, bool_or(o.type = 'InterventionGenerated' or (o.type = 'UserSkipped' and o.data->'reasons' ? 'INTERVENTION_EXISTS')) as advised,
        (array_agg(o.type order by ${mostTelling('o.')}))[1] as newest
      from batch.run_view r join batch.event_log o on o.run_month = r.run_month and o.run_id = r.run_id
      where r.program = due.program and r.record_date = due.record_date and not r.dry_run and o.subject is not null and o.recorded_at <= due.ready_by
      group by o.subject) each_user) told
  where due.run_id = $1`;

/** The users with advice by a run's ready-by time, as counts; undefined where no view has the run. */
export async function coverageOf(db: Db, runId: string, { failuresPercent }: AlertLimits): Promise<DueRun | undefined> {
  return (await db.query<DueRun>(COVERAGE, [runId, failuresPercent])).rows[0];
}

// The latest of a schedule stays: the log has all of them.
const KEEP = `insert into batch.coverage (schedule_id, run_id, ready_by, planned, ready, eligible) values ($1, $2, $3, $4, $5, $6)
  on conflict (schedule_id) do update set run_id = excluded.run_id, ready_by = excluded.ready_by, planned = excluded.planned, ready = excluded.ready,
    eligible = excluded.eligible where coverage.ready_by <= excluded.ready_by`;

/** Keeps what was found of a due run, for metrics: counting it again at each look would read all outcomes of the night. */
export async function keepCoverage(db: Db, { scheduleId, runId, readyBy, planned, ready, eligible }: DueRun): Promise<void> {
  if (scheduleId !== null) await db.query(KEEP, [scheduleId, runId, readyBy, planned, ready, eligible]);
}
