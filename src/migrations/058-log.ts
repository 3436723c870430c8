/** An event as it is hashed, as in 057, with the subject in the place of the person. */
const line = (shared: string): string =>
  `${shared} || ' ' || e.position || ' ' || e.version || ' ' || coalesce(e.subject::text, '-') || ' ' || octet_length(e.type) || ':' || e.type || ' ' || e.data::text || chr(10)`;

const SHARED = `jsonb_build_array(e.stream, e.run_month, e.run_id, e.actor, e.correlation_id, e.causation_id, (extract(epoch from e.recorded_at) * 1000000)::bigint)::text`;

/** The links of months that are in the log are made anew. Those of months that were let go stand for what their archives hold. Heads before stay as they were told, and are no more compared. */
export const CHAIN = `
alter table batch.event_link disable trigger event_link_guard;
delete from batch.event_link l where exists (select from batch.event_log e where e.run_month = l.run_month);
insert into batch.event_link (run_month, stream, version_from, version_to, hash, xid)
  select e.run_month, e.stream, min(e.version), max(e.version), sha256(convert_to(chr(10) || string_agg(${line(SHARED)}, '' order by e.version), 'UTF8')), batch.log_xid(pg_current_xact_id())
  from batch.event_log e group by e.run_month, e.stream;
alter table batch.event_link enable always trigger event_link_guard;
create table batch.log_rewrite (
  migration text primary key,
  after_head int not null,
  events bigint not null,
  made_at timestamptz not null default now()
);
comment on table batch.log_rewrite is 'Migrations that moved events into another shape, checked row for row. Heads up to "after_head" cover links of before, and are no more compared.';
insert into batch.log_rewrite (migration, after_head, events)
  select '058-subjects', coalesce((select max(number) from batch.log_head), 0), count(*) from batch.event_log having count(*) > 0;
drop table batch.moved_event`;

/** The log with what is known of persons. */
export const VIEWS = `
create view batch.event as
select l.position, l.xid, l.stream, l.version, l.type, l.run_id, l.run_month, s.user_id,
  case when l.subject is not null then batch.unsealed(l.data, s.secret, l.run_id) when l.data ?| array['subjects', 'texts'] then batch.with_persons(l.data) else l.data end as data,
  l.actor, l.correlation_id, l.causation_id, l.recorded_at, l.subject
from batch.event_log l left join batch.subject s on s.subject = l.subject;
comment on view batch.event is 'The log with what is known of persons. An outcome of a person that was erased has a subject and no user_id.';
create function batch.refuse_old_way() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    raise exception 'batch.event is append-only: % is refused. Write a new event instead.', tg_op using errcode = 'restrict_violation';
  end if;
  -- An append that had begun before this migration, and waited for it, goes on in the old function.
  if coalesce(current_setting('batch.appending', true), '') <> '' then
    raise exception 'the way into batch.event was replaced by a migration meanwhile: call batch.append again' using errcode = 'serialization_failure';
  end if;
  raise exception 'batch.event takes events only through batch.append(…)' using errcode = 'restrict_violation';
end $$;
create trigger event_old_way instead of insert or update or delete on batch.event for each row execute function batch.refuse_old_way();
create view batch.outcome_view as
select e.run_id, e.run_month, e.user_id, e.stream, e.version, e.position,
  case e.type when 'InterventionGenerated' then 'GENERATED' when 'UserSkipped' then 'SKIPPED' when 'UserFailed' then 'FAILED' else 'CANCELLED' end as outcome,
  e.type, e.data, e.recorded_at, e.subject
from batch.event e where e.subject is not null;
comment on view batch.outcome_view is 'One row per subject and run, straight from the log: a copy would double what a run writes'`;

/** As in 057. Persons become subjects here and nowhere else, and outcomes of an append stand in the order of these. */
export const APPEND = `
create or replace function batch.append(
  in_stream text, in_expected int, in_month date, in_run uuid, in_actor text, in_correlation uuid, in_causation uuid,
  in_types text[], in_users int[], in_data jsonb[]
) returns table (xid text, last_position bigint, last_version int, recorded_at timestamptz) language plpgsql as $$
declare
  own xid8 := pg_current_xact_id(); -- before any identity is handed out: followers order by it
  at timestamptz := batch.event_time();
  mine xid8;
  current_version int;
  shared text;
  lines text;
  added int;
  known int;
  before text;
begin
  perform batch.enter_era();
  mine := batch.log_xid(own);
  if in_expected = 0 then
    perform batch.ensure_partition(in_month); -- the first event of a month is also the first of its stream
  end if;
  select coalesce(max(e.version), 0) into current_version from batch.event_log e where e.run_month = in_month and e.stream = in_stream;
  if current_version <> in_expected then
    raise exception 'stream % is at version %, expected %', in_stream, current_version, in_expected using errcode = 'BE001';
  end if;
  perform batch.know_subjects(in_users, in_run);
  shared := jsonb_build_array(in_stream, in_month, in_run, in_actor, in_correlation, in_causation, (extract(epoch from at) * 1000000)::bigint)::text;
  perform set_config('batch.appending', 'linked', true);
  with told as (
      select t.type, s.subject, row_number() over (order by t.user_id is null, s.subject, t.n) as turn,
        case when t.user_id is null then batch.without_persons(t.type, t.data) else batch.seal(t.data, s.secret, in_run) end as data
      from unnest(in_types, in_users, in_data) with ordinality as t (type, user_id, data, n) left join batch.subject s on s.user_id = t.user_id),
    e as (
    insert into batch.event_log (xid, stream, version, type, run_id, run_month, subject, data, actor, correlation_id, causation_id, recorded_at)
      select mine, in_stream, in_expected + turn::int, type, in_run, in_month, subject, data, in_actor, in_correlation, in_causation, at from told order by turn
    returning position, version, subject, type, data)
  select string_agg(${line('shared')}, '' order by e.version), count(*), count(e.subject) into lines, added, known from e;
  if known < cardinality(array_remove(in_users, null)) then
    raise exception 'a person was erased in the middle of an append: do it again' using errcode = 'serialization_failure';
  end if;
  if added > 0 then
    select encode(l.hash, 'hex') into before from batch.event_link l where l.run_month = in_month and l.stream = in_stream order by l.version_to desc limit 1;
    insert into batch.event_link (run_month, stream, version_from, version_to, hash, xid)
      values (in_month, in_stream, in_expected + 1, in_expected + added, sha256(convert_to(coalesce(before, '') || chr(10) || lines, 'UTF8')), mine);
  end if;
  perform set_config('batch.appending', '', true);
  return query select mine::text, (select max(e.position) from batch.event_log e where e.run_month = in_month and e.stream = in_stream and e.version = in_expected + added), in_expected + added, at;
end $$`;
