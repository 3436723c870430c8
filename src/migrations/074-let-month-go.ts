import { Migration } from '@mikro-orm/migrations';

/** A month is counted before the transaction that lets it go writes anything: a count of millions of events holds no reader of the log back. */
export class LetMonthGoMigration extends Migration {
  override name = '074-let-month-go';

  override up(): void {
    this.addSql(LET_GO);
  }
}

// Readers see what lies below the oldest open transaction that has written. So the lock and the count come first, and the event, the view and the drop after them. All of it is one
// transaction: a month is gone if and only if the log says so. `batch.drop_month` stays for processes of the release before.
const LET_GO = `
create function batch.let_month_go(in_month date, in_actor text, in_correlation uuid, in_told jsonb) returns timestamptz language plpgsql as $$
declare
  part text := 'event_' || to_char(in_month, 'YYYY_MM');
  found_events bigint;
  found_first bigint;
  found_last bigint;
  told_at timestamptz;
begin
  if in_month <> date_trunc('month', in_month)::date or in_month < date '1971-01-01' or in_month >= date_trunc('month', now() at time zone 'UTC')::date then
    raise exception '% is no closed month of runs', in_month using errcode = 'BE006';
  end if;
  execute format('lock table batch.%I in share mode', part);
  execute format('select count(*), min(position), max(position) from batch.%I', part) into found_events, found_first, found_last;
  if (found_events, found_first, found_last) is distinct from
     ((in_told->>'events')::bigint, (in_told->>'firstPosition')::bigint, (in_told->>'lastPosition')::bigint) then
    raise exception '% is not as it was archived: % events from % to %', in_month, found_events, found_first, found_last using errcode = 'BE008';
  end if;
  if exists (select from batch.run_view r where r.run_month = in_month and r.ended_at is null) then
    raise exception 'a run of % has not ended', in_month using errcode = 'BE009';
  end if;
  select a.recorded_at into told_at from batch.append('retention-' || to_char(in_month, 'YYYY-MM'), 0, date '1970-01-01', null, in_actor, in_correlation, null,
    array['MonthLetGo'], array[null]::int[], array[in_told]) a;
  insert into batch.let_go_month (month, runs, events, first_position, last_position, file, bytes, sha256, actor, let_go_at)
    values (in_month, (in_told->>'runs')::int, found_events, found_first, found_last, in_told->>'file', (in_told->>'bytes')::bigint, in_told->>'sha256', in_actor, date_trunc('milliseconds', told_at));
  delete from batch.chunk_work w where w.run_month = in_month;
  execute format('alter table batch.event_log detach partition batch.%I', part);
  execute format('drop table batch.%I', part);
  return told_at;
end $$`;
