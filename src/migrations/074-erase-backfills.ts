import { Migration } from '@mikro-orm/migrations';

/** An erasure takes the words by which a backfill went without an active schedule, too: those of a run alone were taken. */
export class EraseBackfillsMigration extends Migration {
  override name = '074-erase-backfills';

  override up(): void {
    for (const statement of [ERASE, LEFT]) this.addSql(statement);
  }
}

const ERASE = `
do $do$
declare
  body text := pg_get_functiondef('batch.erase_person(int, uuid[])'::regprocedure);
  place constant text := $place$('backfill_view', 'cancel_reason')$place$;
begin
  if position(place in body) = 0 then
    raise exception 'batch.erase_person has another list of places than this migration expects';
  end if;
  execute replace(body, place, place || $more$, ('backfill_view', 'without_schedule')$more$);
end $do$`;

// Each word of an operator that is known has a row: where one has none, it was erased.
const LEFT = `
update batch.backfill_view b set without_schedule = '(erased)'
where b.without_schedule is not null and not exists (select from batch.operator_text o where o.text = b.without_schedule)`;
