import { Migration } from '@mikro-orm/migrations';

/**
 * The append-only log: one table partitioned by month, one function that appends, and triggers that refuse everything else.
 *
 * Ordering: `xid` is taken before the identity, so `(xid, position)` with `xid < pg_snapshot_xmin(pg_current_snapshot())` is gap-free; position alone is not.
 * Month: every event of a run carries the month in which the run was requested, which makes the two unique keys global for a run. Schedules outlive
 * months, so their events live in the month 1970-01-01, which no retention drops.
 */
export class EventLogMigration extends Migration {
  override name = '001-event-log';

  override up(): void {
    for (const statement of [TABLE, GUARDS, PARTITIONS, APPEND, FIRST_PARTITIONS]) this.addSql(statement);
  }
}

const TABLE = `
create table batch.event (
  position bigint generated always as identity,
  xid xid8 not null,
  stream text collate "C" not null,
  version int not null check (version > 0),
  type text collate "C" not null,
  run_id uuid,
  run_month date not null,
  user_id int,
  data jsonb not null,
  actor text not null,
  correlation_id uuid not null,
  causation_id uuid,
  recorded_at timestamptz not null default now(),
  constraint event_version unique (run_month, stream, version),
  constraint event_outcome unique (run_month, run_id, user_id)
) partition by range (run_month);
create index event_order on batch.event (xid, position);
create index event_exception on batch.event (run_id, type, user_id) where type in ('UserSkipped', 'UserFailed', 'UserCancelled');
comment on table batch.event is 'What the batch did and why. Append only: use batch.append. Holds ids, codes and figures, never a food, a name or a free text of a user.'`;

// Row triggers of a partitioned table reach its partitions, statement triggers do not: each partition gets its own.
const GUARDS = `
create function batch.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'batch.event is append-only: % is refused. Write a new event instead.', tg_op using errcode = 'restrict_violation';
end $$;
create function batch.refuse_direct_insert() returns trigger language plpgsql as $$
begin
  if coalesce(current_setting('batch.appending', true), '') <> 'on' then
    raise exception 'batch.event takes events only through batch.append(…)' using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
create trigger event_no_change before update or delete on batch.event for each row execute function batch.refuse_change();
alter table batch.event enable always trigger event_no_change;
create trigger event_no_truncate before truncate on batch.event for each statement execute function batch.refuse_change();
alter table batch.event enable always trigger event_no_truncate;
create trigger event_only_append before insert on batch.event for each statement execute function batch.refuse_direct_insert()`;

// Made beside the log and then attached: that waits for no reader and no writer, where CREATE … PARTITION OF waits for all of them and,
// under two first appends of a month at once, deadlocks.
const PARTITIONS = `
create function batch.ensure_partition(month date) returns void language plpgsql as $$
declare part text := 'event_' || to_char(month, 'YYYY_MM');
begin
  if month <> date_trunc('month', month)::date then
    raise exception 'a partition begins on the first of a month, found %', month;
  end if;
  if to_regclass('batch.' || part) is not null then return; end if;
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

const APPEND = `
create function batch.append(
  in_stream text, in_expected int, in_month date, in_run uuid, in_actor text, in_correlation uuid, in_causation uuid,
  in_types text[], in_users int[], in_data jsonb[]
) returns table (xid text, last_position bigint, last_version int, recorded_at timestamptz) language plpgsql as $$
declare
  mine xid8 := pg_current_xact_id(); -- before any identity is handed out: followers order by it
  current_version int;
begin
  if in_expected = 0 then
    perform batch.ensure_partition(in_month); -- the first event of a month is also the first of its stream
  end if;
  select coalesce(max(e.version), 0) into current_version from batch.event e where e.run_month = in_month and e.stream = in_stream;
  if current_version <> in_expected then
    raise exception 'stream % is at version %, expected %', in_stream, current_version, in_expected using errcode = 'BE001';
  end if;
  perform set_config('batch.appending', 'on', true);
  insert into batch.event (xid, stream, version, type, run_id, run_month, user_id, data, actor, correlation_id, causation_id)
    select mine, in_stream, in_expected + t.n::int, t.type, in_run, in_month, t.user_id, t.data, in_actor, in_correlation, in_causation
    from unnest(in_types, in_users, in_data) with ordinality as t (type, user_id, data, n);
  perform set_config('batch.appending', '', true);
  return query select mine::text, lastval(), in_expected + coalesce(cardinality(in_types), 0), now();
end $$`;

const FIRST_PARTITIONS = `
select batch.ensure_partition(date '1970-01-01');
select batch.ensure_partition(date_trunc('month', now() at time zone 'UTC')::date)`;
