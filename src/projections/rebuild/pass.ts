import type { Backfill } from '../../domain/backfill/backfill.js';
import type { Rollout } from '../../domain/rollout/rollout.js';
import type { Schedule } from '../../domain/schedule/schedule.js';
import type { Queryable } from '../../eventlog/postgres-log.js';
import { BACKFILL_COLUMNS, backfillValues, DATE_COLUMNS, dateValues } from '../../store/backfill-rows.js';
import { FOLD_NIGHTS, IS_LET_GO_NIGHT, NIGHT_COLUMNS } from '../../store/night-sql.js';
import { RECALL_COLUMNS, recallValues } from '../../store/recall-rows.js';
import { ROLLOUT_FIGURES_COLUMNS } from '../../store/rollout-figures.js';
import { ROLLOUT_COLUMNS, rolloutValues } from '../../store/rollout-rows.js';
import { MARK_COLUMNS, markValues, POINT_COLUMNS, pointValues } from '../../store/review-rows.js';
import { RUN_COLUMNS, runValues } from '../../store/run-rows.js';
import { isLetGo, LET_GO_COLUMNS, letGoValues } from '../../store/let-go-months.js';
import { SCHEDULE_COLUMNS, scheduleValues } from '../../store/schedule-store.js';
import { SIGNATURE_COLUMNS, signatureValues } from '../../store/signature-rows.js';
import type { Census } from './census.js';
import { reconcile, type Difference, type Sides, type ViewShape, type Mode } from './difference.js';
import { CHUNK_COLUMNS, FOLD_CHUNKS } from './fold-chunks.js';
import {
  foldBackfills,
  foldLetGo,
  foldMarks,
  foldPoints,
  foldRecalls,
  foldRollouts,
  foldSchedules,
  foldSignatures,
} from './fold-lasting.js';
import { FOLD_ROLLOUT_FIGURES } from './fold-rollout-figures.js';
import { foldRuns } from './fold-runs.js';

/** Columns of `batch.low_fodmap_days`, in the order of `FOLD_LOW_DAYS`. */
const LOW_DAY_COLUMNS = ['user_id', 'days', 'total'] as const;

const DAY = "daterange(record_date, record_date, '[]')";

/**
 * Folds the low days of all users out of all outcomes that wrote an intervention and say what the day was: the last one of a person and a record date counts. Outcomes of earlier releases say
 * nothing of it, and count for nothing. Of record dates whose runs were let go the days stay that the table has, unless an outcome that is there says otherwise.
 */
const FOLD_LOW_DAYS = `with let_go as (
    select range_agg(${DAY}) as days from (select distinct record_date from batch.run_view where not dry_run and ${isLetGo('run_month')}) dates),
  told as (
    select distinct on (s.user_id, r.record_date) s.user_id, r.record_date, e.data->'lowDay' = 'true' as low
    from batch.event_log e join batch.run_view r on r.run_id = e.run_id and r.run_month = e.run_month join batch.subject s on s.subject = e.subject
    where e.type = 'InterventionGenerated' and e.data ? 'lowDay' and e.data->'interventionId' <> 'null'
    order by s.user_id, r.record_date, e.xid desc, e.position desc),
  kept as (
    select user_id, range_agg(${DAY}) filter (where low) as low, range_agg(${DAY}) filter (where record_date <@ g.days) as told
    from told cross join let_go g where low or record_date <@ g.days group by user_id),
  before as (
    select user_id, l.days * g.days as days from batch.low_fodmap_days l cross join let_go g where l.days && g.days),
  both_times as (
    select user_id, coalesce(k.low, '{}') + (coalesce(b.days, '{}') - coalesce(k.told, '{}')) as days from kept k full join before b using (user_id))
  select user_id, days, (select sum(upper(span) - lower(span))::int from unnest(days) span) as total from both_times where not isempty(days)`;

const RUNS: ViewShape = { view: 'run_view', keys: 1, columns: RUN_COLUMNS };
const CHUNKS: ViewShape = { view: 'chunk_view', keys: 2, columns: CHUNK_COLUMNS };
const LET_GO: ViewShape = { view: 'let_go_month', keys: 1, columns: LET_GO_COLUMNS };
const SCHEDULES: ViewShape = { view: 'schedule_view', keys: 1, columns: SCHEDULE_COLUMNS };

const BACKFILLS: ViewShape = { view: 'backfill_view', keys: 1, columns: BACKFILL_COLUMNS };
const RECALLS: ViewShape = { view: 'recall_view', keys: 1, columns: RECALL_COLUMNS };
const ROLLOUTS: ViewShape = { view: 'rollout_view', keys: 1, columns: ROLLOUT_COLUMNS };
const ARMS: ViewShape = { view: 'rollout_figures', keys: 4, columns: ROLLOUT_FIGURES_COLUMNS };
const MARKS: ViewShape = { view: 'mark_view', keys: 1, columns: MARK_COLUMNS };
const POINTS: ViewShape = { view: 'point_view', keys: 1, columns: POINT_COLUMNS };
const SIGNATURES: ViewShape = { view: 'signature_view', keys: 1, columns: SIGNATURE_COLUMNS };
const NIGHTS: ViewShape = { view: 'night_view', keys: 2, columns: NIGHT_COLUMNS };
const LOW_DAYS: ViewShape = { view: 'low_fodmap_days', keys: 1, columns: LOW_DAY_COLUMNS, isPersonal: true };
const DATES: ViewShape = { view: 'backfill_date_view', keys: 2, columns: DATE_COLUMNS };

const JSON_COLUMNS: ReadonlySet<string> = new Set(['settings', 'skipped_slots']);

/** Most differences that are listed: enough to see what happened, few enough to hold when every row is off. */
const MAX_DIFFERENCES = 1_000;

/** A part of a view: which live rows belong to it, and the rows that the log has for it. `rebuilt` may use the same values. */
interface Part extends Pick<Sides, 'rebuilt' | 'values'> {
  readonly shape: ViewShape;
  /** Condition on the live rows. */
  readonly where: string;
}

/** One way through the whole log, comparing every view with it and, in the mode `replace`, putting its rows in their place. */
export class Pass {
  readonly differences: Difference[] = [];
  private readonly runIds: string[] = [];

  constructor(
    private readonly db: Queryable,
    private readonly mode: Mode,
    /** Told how many events were folded since it was last told. */
    private readonly onFolded: (events: number) => void,
  ) {}

  async run(census: Census): Promise<void> {
    // First of all: what the views know of months that were let go stays as it is.
    await this.take(rowsPart(LET_GO, 'true', (await foldLetGo(this.db)).map(letGoValues), []));
    for (const { month, events } of census.months) {
      await this.takeMonth(month);
      this.onFolded(events);
    }
    await this.takeStrangers();
    await this.take(rowsPart(SCHEDULES, 'true', (await foldSchedules(this.db)).map(scheduleCells), []));
    await this.takeBackfills(await foldBackfills(this.db));
    await this.take(rowsPart(RECALLS, 'true', (await foldRecalls(this.db)).map(recallValues), []));
    await this.takeRollouts(await foldRollouts(this.db));
    await this.take(rowsPart(MARKS, 'true', (await foldMarks(this.db)).map(markValues), []));
    await this.take(rowsPart(POINTS, 'true', (await foldPoints(this.db)).map(pointValues), []));
    await this.take(rowsPart(SIGNATURES, 'true', (await foldSignatures(this.db)).map(signatureValues), []));
    await this.take({ shape: NIGHTS, where: `not ${IS_LET_GO_NIGHT}`, rebuilt: FOLD_NIGHTS, values: [] });
    // After the runs, whose record dates it reads. A person without a low day has no row in the log's eyes, and one of none in the table's.
    await this.take({ shape: LOW_DAYS, where: 'total > 0', rebuilt: FOLD_LOW_DAYS, values: [] });
  }

  /** One month alone: its runs, their chunks, and rows that say they are of it. */
  async runMonth(month: string): Promise<void> {
    await this.takeMonth(month);
    const unknown = 'run_month = $2::date and not exists (select from unnest($3::uuid[]) known where known = run_id)';
    await this.take(rowsPart(RUNS, unknown, [], [month, this.runIds]));
  }

  private async takeBackfills(backfills: readonly Backfill[]): Promise<void> {
    await this.take(rowsPart(BACKFILLS, 'true', backfills.map(backfillValues), []));
    const dates = backfills.flatMap((backfill) => backfill.dates.map((_, place) => dateValues(backfill, place)));
    await this.take(rowsPart(DATES, 'true', dates, []));
  }

  /** What their sides came to is read from all outcomes, and only where there ever was a rollout. Of runs that were let go the sums stay. */
  private async takeRollouts(rollouts: readonly Rollout[]): Promise<void> {
    await this.take(rowsPart(ROLLOUTS, 'true', rollouts.map(rolloutValues), []));
    const kept = `not exists (select from batch.run_view r where r.run_id = rollout_figures.run_id and ${isLetGo('r.run_month')})`;
    const first = rollouts.map(({ startedAt }) => startedAt).toSorted()[0];
    if (first === undefined) await this.take(rowsPart(ARMS, kept, [], []));
    else await this.take({ shape: ARMS, where: kept, rebuilt: FOLD_ROLLOUT_FIGURES, values: [first] });
  }

  private async takeMonth(month: string): Promise<void> {
    const runIds: string[] = [];
    for await (const runs of foldRuns(this.db, month)) {
      const ids = runs.map(({ run }) => run.runId);
      await this.take(rowsPart(RUNS, 'run_id = any($2::uuid[])', runs.map(runValues), [ids]));
      runIds.push(...ids);
    }
    if (runIds.length === 0) return;
    await this.take({ shape: CHUNKS, where: 'run_id = any($2::uuid[])', rebuilt: FOLD_CHUNKS, values: [month, runIds] });
    for (const id of runIds) this.runIds.push(id);
  }

  /** Rows of runs that the log does not know, and did not let go. */
  private async takeStrangers(): Promise<void> {
    const unknown = 'not exists (select from unnest($2::uuid[]) known where known = run_id)';
    await this.take(rowsPart(RUNS, `${unknown} and not ${isLetGo('run_month')}`, [], [this.runIds]));
    const ofLetGo = `exists (select from batch.run_view r where r.run_id = chunk_view.run_id and ${isLetGo('r.run_month')})`;
    await this.take(rowsPart(CHUNKS, `${unknown} and not ${ofLetGo}`, [], [this.runIds]));
  }

  private async take({ shape, where, rebuilt, values }: Part): Promise<void> {
    const live = `select ${shape.columns.join(', ')} from batch.${shape.view} where ${where}`;
    const limit = MAX_DIFFERENCES - this.differences.length;
    this.differences.push(...(await reconcile(this.db, shape, { live, rebuilt, values }, { mode: this.mode, limit })));
  }
}

/** `scheduleValues` with the jsonb columns as values again: inside JSON their texts would be strings. */
function scheduleCells(schedule: Schedule): unknown[] {
  return scheduleValues(schedule).map((value, at) => (JSON_COLUMNS.has(SCHEDULE_COLUMNS[at] ?? '') ? JSON.parse(String(value)) : value));
}

/** A part whose rows were folded here: they travel as JSON in `$1`, `values` follow from `$2`. */
function rowsPart(shape: ViewShape, where: string, rows: readonly (readonly unknown[])[], values: readonly unknown[]): Part {
  const objects = rows.map((row) => Object.fromEntries(shape.columns.map((column, at) => [column, row[at]])));
  const rebuilt = `select ${shape.columns.join(', ')} from jsonb_populate_recordset(null::batch.${shape.view}, $1::jsonb)`;
  return { shape, where, rebuilt, values: [JSON.stringify(objects), ...values] };
}
