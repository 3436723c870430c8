import type pg from 'pg';
import type { LateComers, PastOutcomes, RunPlace } from '../application/ports.js';
import type { LocalDate } from '../domain/local-date.js';
import { typesOfOutcomes } from '../domain/outcome.js';
import type { Program } from '../domain/program.js';
import type { LetGoMonth } from '../domain/retention/retention.js';
import type { RetrySelection } from '../domain/run/run-events.js';
import { IBSAFE, isOpen } from '../records/ibsafe-names.js';
import { letGoMonths } from './let-go-months.js';
import { isAdvice } from '../records/advice-sql.js';
import { meets } from '../records/requirement-sql.js';
import { orUnfit } from '../records/unfit-columns.js';

const SELECTED = `from batch.event_log e join batch.subject s on s.subject = e.subject join ${IBSAFE.users} a on a.id = s.user_id and ${isOpen('a')}
  where e.run_month = $1::date and e.run_id = $2::uuid and e.type = any($3::text[])
    and ($4::text[] is null or e.data->>'code' = any($4::text[]) or e.data->'reasons' ?| $4::text[])
    and ($5::int[] is null or s.user_id = any($5::int[]))`;

/** Outcomes of the past on PostgreSQL. */
export class PostgresPastOutcomes implements PastOutcomes {
  constructor(private readonly db: Pick<pg.Pool, 'query'>) {}

  async letGo(month: LocalDate): Promise<LetGoMonth | undefined> {
    return (await letGoMonths(this.db)).find((each) => each.month === month);
  }

  async usersOf(run: RunPlace, selection: RetrySelection, among?: readonly number[]): Promise<number[]> {
    const text = `select s.user_id ${SELECTED} order by s.user_id`;
    const asked = this.db.query<[number]>({ text, values: valuesOf(run, selection, among), rowMode: 'array' });
    const { rows } = await asked.catch(async (error: unknown) => {
      throw await orUnfit(this.db, error);
    });
    return rows.map(([id]) => id);
  }

  async hasAny(run: RunPlace, selection: RetrySelection, among?: readonly number[]): Promise<boolean> {
    const { rowCount } = await this.db.query(`select 1 ${SELECTED} limit 1`, valuesOf(run, selection, among));
    return rowCount === 1;
  }

  async lateComers(program: Program, recordDate: LocalDate, most: number): Promise<LateComers | undefined> {
    const values = [program.name, recordDate, program.gubun, program.requires.filter((reason) => reason.startsWith('MISSING_')), most];
    const { rows } = await this.db.query<{ parent: string; offers: number; users: number[] }>(lateComersQuery(program), values);
    const [row] = rows;
    return row && { parentRunId: row.parent, offers: row.offers, userIds: row.users };
  }
}

function valuesOf({ runId, month }: RunPlace, { outcomes, reasons }: RetrySelection, among?: readonly number[]): unknown[] {
  return [month, runId, typesOfOutcomes(outcomes), reasons ?? null, among ?? null];
}

/**
 * Finds users whose records came after the run: `$1` program, `$2` record date, `$3` gubun, `$4` the reasons that say a record was missing, `$5` how
 * many at most.
 *
 * Begins with the skipped users of the date's runs, which an index of its own holds, and asks of each only whether a later run has an outcome for
 * them: a user who was generated, failed, cancelled or skipped again since is judged by that, so no user is offered twice for
 * nothing; nor is who was in such a run that an operator cancelled, be it before it was planned.
 */
function lateComersQuery({ requires }: Program): string {
  return `with runs as materialized (
    select run_id, run_month, requested_at, status from batch.run_view where program = $1 and record_date = $2::date and not dry_run),
  skipped as (
    select p.user_id, e.subject, r.run_id, r.requested_at from runs r join batch.event_log e on e.run_month = r.run_month and e.run_id = r.run_id
      join batch.subject p on p.subject = e.subject
    where r.status in ('COMPLETED', 'COMPLETED_WITH_FAILURES') and e.type = 'UserSkipped' and e.data->'reasons' ?| $4::text[]),
  withdrawn as (
    select unnest(user_ids) as user_id from batch.run_view
    where program = $1 and record_date = $2::date and actor = 'late data' and status = 'CANCELLED'),
  late as (
    select s.user_id, s.run_id, s.requested_at from skipped s
    where not exists (
        select from runs l join batch.event_log o on o.run_month = l.run_month and o.run_id = l.run_id and o.subject = s.subject
        where l.requested_at > s.requested_at)
      and s.user_id not in (select user_id from withdrawn)
      and exists (select from ${IBSAFE.users} a where a.id = s.user_id and ${isOpen('a')})
      and not exists (select from ${IBSAFE.interventions} i where i.user_id = s.user_id and i.record_date = $2::date and i.gubun = $3
        and ${isAdvice('i')})
      and ${['true', ...requires.map((reason) => meets(reason, 's.user_id', '$2::date'))].join('\n      and ')}),
  parent as (select run_id from late order by requested_at limit 1),
  offered as (select l.user_id from late l join parent p using (run_id) order by l.user_id limit $5)
  select p.run_id as parent, (select array_agg(user_id order by user_id) from offered) as users,
    (select count(*)::int from batch.run_view c where c.parent_run_id = p.run_id and c.actor = 'late data') as offers
  from parent p`;
}
