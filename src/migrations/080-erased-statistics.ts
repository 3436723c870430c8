import { Migration } from '@mikro-orm/migrations';

/** An erasure takes the person out of what PostgreSQL keeps of tables for its planner, too: samples of ids and of operators' words, which stay until the next ANALYZE. */
export class ErasedStatisticsMigration extends Migration {
  override name = '080-erased-statistics';

  override up(): void {
    for (const statement of [FORGET, ERASE]) this.addSql(statement);
  }
}

// Where a table has become empty ANALYZE leaves what it knew of the rows before. PostgreSQL 18 can clear that.
const FORGET = `
create function batch.forget_statistics() returns void language plpgsql as $$
declare
  place record;
  holds boolean;
begin
  for place in select c.relname as tab from pg_class c where c.relnamespace = 'batch'::regnamespace and c.relkind = 'r' and not c.relispartition
      and c.relname = any (array['subject', 'low_fodmap_days', 'session', 'person_read_user', 'run_view', 'chunk_work', 'model_batch', 'operator_text', 'idempotency_key',
        'backfill_view', 'schedule_view', 'alert_silence', 'slot', 'recall_view', 'rollout_view']) order by 1 loop
    execute format('analyze batch.%I', place.tab);
    execute format('select exists (select from batch.%I)', place.tab) into holds;
    if not holds and to_regprocedure('pg_catalog.pg_clear_attribute_stats(text, text, text, boolean)') is not null then
      perform pg_catalog.pg_clear_attribute_stats(s.schemaname::text, s.tablename::text, s.attname::text, s.inherited) from pg_catalog.pg_stats s where s.schemaname = 'batch' and s.tablename = place.tab;
    end if;
  end loop;
end $$;
comment on function batch.forget_statistics() is 'Makes anew what the planner knows of each table in which a person was: nothing of a row that was erased stays in it.'`;

const ERASE = `
do $do$
declare
  body text := pg_get_functiondef('batch.erase_person(int, uuid[])'::regprocedure);
  place constant text := $place$  return erased || jsonb_build_object('texts', counted);$place$;
begin
  if position(place in body) = 0 then
    raise exception 'batch.erase_person ends in another way than this migration expects';
  end if;
  execute replace(body, place, $more$  perform batch.forget_statistics();
$more$ || place);
end $do$`;
