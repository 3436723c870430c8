import { Migration } from '@mikro-orm/migrations';

/**
 * Months that were let go: archived, told of in the log, and dropped from it. One function takes a month away, and only one that the log says is archived and
 * that is still as it was then; another one makes months, and makes none a second time.
 */
export class RetentionMigration extends Migration {
  override name = '049-retention';

  override up(): void {
    for (const statement of [MONTHS, DROP, PARTITIONS]) this.addSql(statement);
  }
}

// Folded from the streams `retention-<month>`.
const MONTHS = `
create table batch.let_go_month (
  month date primary key check (month = date_trunc('month', month)),
  runs int not null,
  events bigint not null,
  first_position bigint,
  last_position bigint,
  file text not null,
  bytes bigint not null,
  sha256 text not null,
  actor text not null,
  let_go_at timestamptz not null
);
comment on table batch.let_go_month is 'Months whose events stand in an archive and no longer in the log. Rows of their runs in the views stay as they were.'`;

// The event comes first, in the same transaction: a month is gone if and only if the log says so. What was archived is compared with what is dropped, under a
// lock that lets nobody add to it. The bounds of a month are those of its partition, so that nothing else can be named.
const DROP = `
create function batch.drop_month(in_month date) returns void language plpgsql as $$
declare
  part text := 'event_' || to_char(in_month, 'YYYY_MM');
  told jsonb;
  found_events bigint;
  found_first bigint;
  found_last bigint;
begin
  if in_month <> date_trunc('month', in_month)::date or in_month < date '1971-01-01' or in_month >= date_trunc('month', now() at time zone 'UTC')::date then
    raise exception '% is no closed month of runs', in_month using errcode = 'BE006';
  end if;
  select e.data into told from batch.event e
    where e.run_month = date '1970-01-01' and e.stream = 'retention-' || to_char(in_month, 'YYYY-MM') and e.version = 1 and e.type = 'MonthLetGo';
  if told is null then
    raise exception 'the log does not say that % is archived', in_month using errcode = 'BE007';
  end if;
  execute format('lock table batch.%I in share mode', part);
  execute format('select count(*), min(position), max(position) from batch.%I', part) into found_events, found_first, found_last;
  if (found_events, found_first, found_last) is distinct from
     ((told->>'events')::bigint, (told->>'firstPosition')::bigint, (told->>'lastPosition')::bigint) then
    raise exception '% is not as it was archived: % events from % to %', in_month, found_events, found_first, found_last using errcode = 'BE008';
  end if;
  if exists (select from batch.run_view r where r.run_month = in_month and r.ended_at is null) then
    raise exception 'a run of % has not ended', in_month using errcode = 'BE009';
  end if;
  execute format('alter table batch.event detach partition batch.%I', part);
  execute format('drop table batch.%I', part);
end $$;
comment on function batch.drop_month(date) is 'Lets a month go that the log says is archived. Needs the right of the owner of batch.event.'`;

// As in 001, but for the month that is gone: a clock that is years behind must not make it again, with runs that nothing would find.
const PARTITIONS = `
create or replace function batch.ensure_partition(month date) returns void language plpgsql as $$
declare part text := 'event_' || to_char(month, 'YYYY_MM');
begin
  if month <> date_trunc('month', month)::date then
    raise exception 'a partition begins on the first of a month, found %', month;
  end if;
  if to_regclass('batch.' || part) is not null then return; end if;
  if exists (select from batch.let_go_month g where g.month = ensure_partition.month) then
    raise exception '% was let go and takes no more events: the clock of a machine is wrong', month using errcode = 'BE010';
  end if;
  perform pg_advisory_xact_lock(hashtext('batch.ensure_partition'));
  -- Asked of the table itself: to_regclass would answer from what this session knew before it waited.
  if exists (select from pg_class where relname = part and relnamespace = 'batch'::regnamespace) then return; end if;
  execute format('create table batch.%I (like batch.event including defaults including constraints)', part);
  execute format('alter table batch.event attach partition batch.%I for values from (%L) to (%L)', part, month, (month + interval '1 month')::date);
  execute format('create trigger event_no_truncate before truncate on batch.%I for each statement execute function batch.refuse_change()', part);
  execute format('alter table batch.%I enable always trigger event_no_truncate', part);
  execute format('create trigger event_only_append before insert on batch.%I for each statement execute function batch.refuse_direct_insert()', part);
  execute format('alter table batch.%I enable always trigger event_no_change', part);
end $$`;
