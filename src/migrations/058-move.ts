/** The months of the log that is there step aside, and give their names to those that are made. */
export const LOG = `
drop view batch.outcome_view;
lock table batch.event in access exclusive mode;
do $$
declare
  part record;
  old_index record;
begin
  for old_index in select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid
    where i.indrelid = 'batch.event'::regclass or i.indrelid in (select inhrelid from pg_inherits where inhparent = 'batch.event'::regclass) loop
    execute format('alter index batch.%I rename to %I', old_index.relname, 'moved_' || md5(old_index.relname));
  end loop;
  for part in select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'batch.event'::regclass loop
    execute format('alter table batch.%I rename to %I', part.relname, 'moved_' || part.relname);
  end loop;
end $$;
alter table batch.event rename to moved_event;
create table batch.event_log (
  position bigint generated always as identity,
  xid xid8 not null,
  stream text collate "C" not null,
  version int not null check (version > 0),
  type text collate "C" not null,
  run_id uuid,
  run_month date not null,
  subject int,
  data jsonb not null,
  actor text not null,
  correlation_id uuid not null,
  causation_id uuid,
  recorded_at timestamptz not null default now(),
  constraint event_version unique (run_month, stream, version),
  constraint event_outcome unique (run_month, run_id, subject)
) partition by range (run_month);
create index event_order on batch.event_log (xid, position);
create index event_exception on batch.event_log (run_id, type, subject) where type in ('UserSkipped', 'UserFailed', 'UserCancelled');
create index event_usage on batch.event_log (run_month, run_id) where data ? 'tokensIn';
create index event_run_change on batch.event_log (xid, position) where subject is null and run_id is not null and stream not like '%/%';
comment on table batch.event_log is 'What the batch did and why. Append only: use batch.append. Holds subjects, codes and figures, never a person, a food, a name or a free text.';
create trigger event_no_change before update or delete on batch.event_log for each row execute function batch.refuse_change();
alter table batch.event_log enable always trigger event_no_change;
create trigger event_no_truncate before truncate on batch.event_log for each statement execute function batch.refuse_change();
alter table batch.event_log enable always trigger event_no_truncate;
create trigger event_only_append before insert on batch.event_log for each statement execute function batch.refuse_direct_insert()`;

/** As in 049, of the log. */
export const MONTHS = `
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
  execute format('create table batch.%I (like batch.event_log including defaults including constraints)', part);
  execute format('alter table batch.event_log attach partition batch.%I for values from (%L) to (%L)', part, month, (month + interval '1 month')::date);
  execute format('create trigger event_no_truncate before truncate on batch.%I for each statement execute function batch.refuse_change()', part);
  execute format('alter table batch.%I enable always trigger event_no_truncate', part);
  execute format('create trigger event_only_append before insert on batch.%I for each statement execute function batch.refuse_direct_insert()', part);
  execute format('alter table batch.%I enable always trigger event_no_change', part);
end $$;
create or replace function batch.drop_month(in_month date) returns void language plpgsql as $$
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
  select e.data into told from batch.event_log e
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
  execute format('alter table batch.event_log detach partition batch.%I', part);
  execute format('drop table batch.%I', part);
end $$`;

/** Persons of the log get their subjects, and the log its months. */
export const SETTLE = `
select batch.know_subjects(array(select distinct user_id from batch.moved_event where user_id is not null), null);
update batch.subject set since = '-infinity';
select batch.ensure_partition(to_date(substr(c.relname, 13), 'YYYY_MM')) from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'batch.moved_event'::regclass`;

/** Outcomes of an append change places with one another, into the order of their subjects: the order of ids said whose each was. Everything else stays where it was. */
export const MOVE = `
select set_config('batch.appending', 'linked', true);
with outcome as (
    select e.xid, e.run_month, e.stream, e.run_id, s.subject, e.position, e.version, e.type, batch.seal(e.data, s.secret, e.run_id) as data, e.actor, e.correlation_id, e.causation_id, e.recorded_at,
      row_number() over (partition by e.run_month, e.stream, e.xid order by e.version) as place,
      row_number() over (partition by e.run_month, e.stream, e.xid order by s.subject) as turn
    from batch.moved_event e join batch.subject s on s.user_id = e.user_id)
  insert into batch.event_log (position, xid, stream, version, type, run_id, run_month, subject, data, actor, correlation_id, causation_id, recorded_at) overriding system value
    select p.position, o.xid, o.stream, p.version, o.type, o.run_id, o.run_month, o.subject, o.data, o.actor, o.correlation_id, o.causation_id, o.recorded_at
    from outcome o join outcome p on (p.run_month, p.stream, p.xid, p.place) = (o.run_month, o.stream, o.xid, o.turn);
insert into batch.event_log (position, xid, stream, version, type, run_id, run_month, subject, data, actor, correlation_id, causation_id, recorded_at) overriding system value
  select e.position, e.xid, e.stream, e.version, e.type, e.run_id, e.run_month, null, batch.without_persons(e.type, e.data), e.actor, e.correlation_id, e.causation_id, e.recorded_at
  from batch.moved_event e where e.user_id is null;
select set_config('batch.appending', '', true);
do $$
declare last bigint;
begin
  execute format('select case when is_called then last_value end from %s', pg_get_serial_sequence('batch.moved_event', 'position')) into last;
  if last is not null then perform setval(pg_get_serial_sequence('batch.event_log', 'position'), last); end if;
end $$`;

/** Row for row, with the seals taken off, before what was there goes. */
export const CHECK = `
do $$
declare amiss bigint;
begin
  select count(*) into amiss from (
    (select run_id, stream, type, user_id, data, actor, correlation_id, causation_id, recorded_at, xid from batch.moved_event where user_id is not null
      except all select l.run_id, l.stream, l.type, s.user_id, batch.unsealed(l.data, s.secret, l.run_id), l.actor, l.correlation_id, l.causation_id, l.recorded_at, l.xid
        from batch.event_log l join batch.subject s using (subject))
    union all
    (select run_id, stream, type, version, batch.placed(type, data), actor, correlation_id, causation_id, recorded_at, xid from batch.moved_event where user_id is null
      except all select l.run_id, l.stream, l.type, l.version, batch.with_persons(l.data), l.actor, l.correlation_id, l.causation_id, l.recorded_at, l.xid
        from batch.event_log l where l.subject is null)) differing;
  if amiss > 0 or (select count(*) from batch.moved_event) <> (select count(*) from batch.event_log)
    or exists (select position, version, stream, run_month from batch.moved_event except select position, version, stream, run_month from batch.event_log) then
    raise exception '% events came out of the move as others. Nothing was changed; report it.', amiss;
  end if;
end $$`;
