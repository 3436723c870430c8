import { sql } from 'kysely';
import type { EntityManager } from '@mikro-orm/postgresql';
import { typesOfOutcomes, type OutcomeName } from '../../domain/outcome.js';
import type { OutcomeRow } from '../entities.js';
import { toDate } from './to-date.js';
import { pageOf, type Page, type PageRequest } from './keyset.js';

/** Which outcomes of a run a list shows. */
export interface OutcomeFilter {
  readonly outcomes?: readonly OutcomeName[];
  /** A skip reason or failure code. */
  readonly reasons?: readonly string[];
  readonly userIds?: readonly number[];
}

/** A run's outcomes, straight from the log, by user id. */
export class OutcomeQueries {
  constructor(private readonly em: EntityManager) {}

  /** A page of a run's outcomes in the order of user ids. The key is (user id). `month` is the run's: it leads to one partition. */
  async list(run: { runId: string; month: string }, filter: OutcomeFilter, page: PageRequest): Promise<Page<OutcomeRow>> {
    const after = page.after === undefined ? 0 : Number(page.after[0]);
    const types = filter.outcomes === undefined ? null : typesOfOutcomes(filter.outcomes);
    const { rows } = await sql<OutcomeRow>`
      select run_id as "runId", user_id as "userId", run_month::text as "runMonth", stream, outcome, type, data, recorded_at as "recordedAt"
      from batch.outcome_view
      where run_month = ${run.month}::date and run_id = ${run.runId}::uuid and user_id > ${after}
        and (${types}::text[] is null or type = any(${types}::text[]))
        and (${filter.userIds ?? null}::int[] is null or user_id = any(${filter.userIds ?? null}::int[]))
        and (${filter.reasons ?? null}::text[] is null or data->>'code' = any(${filter.reasons ?? null}::text[]) or data->'reasons' ?| ${filter.reasons ?? null}::text[])
      order by user_id limit ${page.first + 1}`.execute(this.em.getKysely());
    return pageOf(rows.map(dated), page.first);
  }

  /** One user's outcomes in several runs, in one statement. */
  async ofUser(userId: number, runs: readonly { runId: string; runMonth: string }[]): Promise<OutcomeRow[]> {
    const { rows } = await sql<OutcomeRow>`
      select o.run_id as "runId", o.user_id as "userId", o.run_month::text as "runMonth", o.stream, o.outcome, o.type, o.data, o.recorded_at as "recordedAt"
      from unnest(${runs.map(({ runId }) => runId)}::uuid[], ${runs.map(({ runMonth }) => runMonth)}::date[]) as r (run_id, run_month)
        join batch.outcome_view o on o.run_month = r.run_month and o.run_id = r.run_id and o.user_id = ${userId}`.execute(
      this.em.getKysely(),
    );
    return rows.map(dated);
  }
}

function dated(row: OutcomeRow): OutcomeRow {
  return { ...row, recordedAt: toDate(row.recordedAt) };
}
