import { sql } from 'kysely';
import type { EntityManager } from '@mikro-orm/postgresql';

/** What a shadow run's outcomes say of saved advice. */
export interface ShadowFigures {
  readonly runId: string;
  readonly compared: number;
  readonly same: number;
  readonly withoutSaved: number;
  /** Users by field that differed. */
  readonly byField: Readonly<Record<string, number>>;
}

/** Counts over the outcomes of shadow runs, straight from the log. */
export class RunFiguresQueries {
  constructor(private readonly em: EntityManager) {}

  /** Of several shadow runs in one statement; a run without outcomes is absent. */
  async shadows(runIds: readonly string[]): Promise<ShadowFigures[]> {
    const { rows } = await sql<ShadowFigures>`
      with told as (
        select r.run_id, e.data->'differences' as differences
        from batch.run_view r join batch.event_log e on e.run_month = r.run_month and e.run_id = r.run_id and e.type = 'InterventionGenerated'
        where r.run_id = any(${runIds}::uuid[]) and e.subject is not null),
      fields as (
        select run_id, jsonb_object_agg(field, users) as counts
        from (select run_id, field, count(*)::int as users from told, jsonb_array_elements_text(differences) field group by 1, 2) f group by 1)
      select t.run_id as "runId", count(differences)::int as compared, (count(*) filter (where differences = '[]'))::int as same,
        (count(*) filter (where differences is null))::int as "withoutSaved", coalesce(f.counts, '{}') as "byField"
      from told t left join fields f using (run_id) group by t.run_id, f.counts`.execute(this.em.getKysely());
    return rows;
  }
}
