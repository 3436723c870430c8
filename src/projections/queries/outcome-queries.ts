import { sql } from 'kysely';
import type { EntityManager } from '@mikro-orm/postgresql';
import { typesOfOutcomes, type OutcomeName } from '../../domain/outcome.js';
import type { OutcomeRow } from '../entities.js';
import { toDate } from './to-date.js';
import { pagesOf, type PageRequest, type Pages } from '../../database/keyset.js';
import { eachRun, type RunKey } from './run-key.js';

/** Which outcomes of a run a list shows. */
export interface OutcomeFilter {
  readonly outcomes?: readonly OutcomeName[];
  /** A skip reason or failure code. */
  readonly reasons?: readonly string[];
  readonly userIds?: readonly number[];
}

/** Which page of outcomes. */
export interface OutcomePage {
  readonly filter: OutcomeFilter;
  readonly page: PageRequest;
}

/** A run's outcomes, straight from the log, by subject. */
export class OutcomeQueries {
  constructor(private readonly em: EntityManager) {}

  /**
   * The same page of each of several runs' outcomes in the order of subjects, which tells nothing, in one statement. The key is (subject). A run's month leads to one
   * partition.
   */
  async ofRuns(runs: readonly RunKey[], { filter, page }: OutcomePage): Promise<Pages<OutcomeRow>> {
    const after = page.after === undefined ? 0 : Number(page.after[0]);
    const types = filter.outcomes === undefined ? null : typesOfOutcomes(filter.outcomes);
    const [users, reasons] = [filter.userIds ?? null, filter.reasons ?? null];
    const { rows } = await sql<OutcomeRow>`
      select o.* from ${eachRun(runs)} cross join lateral (
        select run_id as "runId", subject, user_id as "userId", run_month::text as "runMonth", stream, outcome, type, data, recorded_at as "recordedAt"
        from batch.outcome_view
        where run_month = wanted.month and run_id = wanted.id and subject > ${after}::bigint
          and (${types}::text[] is null or type = any(${types}::text[]))
          and (${users}::int[] is null or subject in (select s.subject from batch.subject s where s.user_id = any(${users}::int[])))
          and (${reasons}::text[] is null or data->>'code' = any(${reasons}::text[]) or data->'reasons' ?| ${reasons}::text[])
        order by subject limit ${page.first + 1}) o
      order by o.subject`.execute(this.em.getKysely());
    return pagesOf(rows.map(dated), ({ runId }) => runId, page.first); // prettier-ignore
  }

  /** One user's outcomes in several runs, in one statement. */
  async ofUser(userId: number, runs: readonly { runId: string; runMonth: string }[]): Promise<OutcomeRow[]> {
    const { rows } = await sql<OutcomeRow>`
      select o.run_id as "runId", o.subject, o.user_id as "userId", o.run_month::text as "runMonth", o.stream, o.outcome, o.type, o.data, o.recorded_at as "recordedAt"
      from unnest(${runs.map(({ runId }) => runId)}::uuid[], ${runs.map(({ runMonth }) => runMonth)}::date[]) as r (run_id, run_month)
        join batch.subject s on s.user_id = ${userId}
        join batch.outcome_view o on o.run_month = r.run_month and o.run_id = r.run_id and o.subject = s.subject`.execute(
      this.em.getKysely(),
    );
    return rows.map(dated);
  }
}

function dated(row: OutcomeRow): OutcomeRow {
  return { ...row, recordedAt: toDate(row.recordedAt) };
}
