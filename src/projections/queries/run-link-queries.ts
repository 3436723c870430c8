import { sql } from 'kysely';
import type { EntityManager } from '@mikro-orm/postgresql';
import { ALL_PROGRAMS } from '../../domain/programs/all-programs.js';
import { isAdvice } from '../../records/advice-sql.js';
import { standsBefore } from '../../store/waiting-runs.js';
import { RunView, type RunViewRow } from '../entities.js';

/** IBSafe's word for what a program writes, by program, as JSON. */
const GUBUN = JSON.stringify(Object.fromEntries(ALL_PROGRAMS.map(({ name, gubun }) => [name, gubun])));

/** Of an intervention `i`. */
const IS_ADVICE = sql.raw(isAdvice('i'));

/** Most retries of one run that are listed. */
const MAX_RETRIES = 100;

/** A day of a program whose time was skipped. */
export interface MissedDay {
  readonly program: string;
  /** `YYYY-MM-DD` */
  readonly recordDate: string;
  readonly since: Date;
}

/** Reads of what runs have to do with each other and with the interventions they met. */
export class RunLinkQueries {
  constructor(private readonly em: EntityManager) {}

  /** Runs that repeat users of these, oldest first, at most 100 of each; in two statements however many there are. */
  async retries(parentIds: readonly string[]): Promise<RunViewRow[]> {
    const { rows } = await sql<{ id: string }>`
      select r.run_id as id from unnest(${parentIds}::uuid[]) as parent (id) cross join lateral (
        select run_id from batch.run_view where parent_run_id = parent.id order by requested_at, run_id limit ${MAX_RETRIES}) r`.execute(
      this.em.getKysely(),
    );
    if (rows.length === 0) return [];
    return this.em.find(RunView, { runId: { $in: rows.map(({ id }) => id) } }, { orderBy: [{ requestedAt: 'asc' }, { runId: 'asc' }] });
  }

  /** Of runs that have not begun, the one that each waits for, if any: the first of several. In two statements however many there are. */
  async waitedFor(runIds: readonly string[]): Promise<ReadonlyMap<string, RunViewRow>> {
    const { rows } = await sql<{ id: string; awaited: string }>`
      select me.run_id as id, other.run_id as awaited from batch.run_view me cross join lateral (
        select other.run_id from batch.run_view other where ${sql.raw(standsBefore('other', 'me'))}
        order by other.planned_at nulls last, other.requested_at, other.run_id limit 1) other
      where me.run_id = any(${runIds}::uuid[])`.execute(this.em.getKysely());
    if (rows.length === 0) return new Map();
    const found = await this.em.find(RunView, { runId: { $in: rows.map(({ awaited }) => awaited) } });
    const byId = new Map(found.map((run) => [run.runId, run]));
    return new Map(rows.flatMap(({ id, awaited }) => (byId.has(awaited) ? [[id, byId.get(awaited) as RunViewRow]] : [])));
  }

  /** Of days whose time was skipped, the newest run that was asked for since and covers all patients, by the place among them; in two statements however many there are. */
  async madeUp(days: readonly MissedDay[]): Promise<(RunViewRow | undefined)[]> {
    const { rows } = await sql<{ place: number; id: string }>`
      select d.place::int, r.run_id as id
      from unnest(${days.map(({ program }) => program)}::text[], ${days.map(({ recordDate }) => recordDate)}::date[], ${days.map(({ since }) => since)}::timestamptz[])
        with ordinality as d (program, record_date, since, place) cross join lateral (
        select run_id from batch.run_view r where r.record_date = d.record_date and r.program = d.program and r.requested_at >= d.since and not r.dry_run
          and r.user_ids is null and r.trigger in ('MANUAL', 'SCHEDULE', 'BACKFILL') and r.status not in ('CANCELLED', 'FAILED')
        order by r.requested_at desc, r.run_id limit 1) r`.execute(this.em.getKysely());
    if (rows.length === 0) return days.map(() => undefined);
    const found = await this.em.find(RunView, { runId: { $in: rows.map(({ id }) => id) } });
    const byId = new Map(found.map((run) => [run.runId, run]));
    const byPlace = new Map(rows.map(({ place, id }) => [place, byId.get(id)]));
    return days.map((_, at) => byPlace.get(at + 1));
  }

  /**
   * How many interventions of each run stand, or in a dry run would stand, in the place of one that is older than the run. Counts the outcomes of the
   * runs one by one.
   */
  async replaced(runIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const { rows } = await sql<{ runId: string; users: number }>`
      select r.run_id as "runId", count(*)::int as users from batch.run_view r
        join batch.event e on e.run_month = r.run_month and e.run_id = r.run_id and e.subject is not null and e.type = 'InterventionGenerated'
        join public.ibsafe_interventionrecord i on i.user_id = e.user_id and i.record_date = r.record_date
          and i.gubun = ${GUBUN}::jsonb->>r.program and i.created_at < r.requested_at and ${IS_ADVICE}
      where r.run_id = any(${runIds}::uuid[]) group by 1`.execute(this.em.getKysely());
    return new Map(rows.map(({ runId, users }) => [runId, users]));
  }
}
