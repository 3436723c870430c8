import { Migration } from '@mikro-orm/migrations';

/**
 * A log that shows tampering. Each append leaves one link: the SHA-256 of the stream's link before it and of the events that it wrote, with every column but the transaction id, which a
 * restore elsewhere makes meaningless. Each day a head is written over the links since the one before; it is told outside of the database, where an editor of the database cannot reach.
 */
export class LogChainMigration extends Migration {
  override name = '057-log-chain';

  override up(): void {
    for (const statement of [LINKS, HEADS, GUARDS, LINK_WHAT_IS_THERE, APPEND, DIRECT_INSERT, WRITE_HEAD]) this.addSql(statement);
  }
}

// Kept when a month is let go: a day's head covers links of several months, and is worked out anew from them.
const LINKS = `
create table batch.event_link (
  run_month date not null,
  stream text collate "C" not null,
  version_from int not null check (version_from > 0),
  version_to int not null,
  hash bytea not null check (length(hash) = 32),
  xid xid8 not null,
  primary key (run_month, stream, version_to),
  check (version_to >= version_from)
);
create index event_link_order on batch.event_link (xid);
comment on table batch.event_link is 'One row for each append to the log: the SHA-256 of the link before it in its stream and of the events that were appended. Append only, and kept when a month is let go.'`;

// Numbered, because a clock may be wrong. The day is the one that was over.
const HEADS = `
create table batch.log_head (
  number int primary key check (number > 0),
  day date not null,
  links bigint not null,
  events bigint not null,
  hash bytea not null check (length(hash) = 32),
  through xid8 not null,
  written_at timestamptz not null default now()
);
comment on table batch.log_head is 'The SHA-256 of the head before it and of all links below the transaction id "through" that no head before covers. One a day, told outside of the database. Append only.'`;

const GUARDS = `
create function batch.refuse_chain_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' and coalesce(current_setting('batch.appending', true), '') = 'linked' then return null; end if;
  raise exception 'batch.% is append-only and written by the log''s own functions: % is refused.', tg_table_name, tg_op using errcode = 'restrict_violation';
end $$;
create trigger event_link_guard before insert or update or delete or truncate on batch.event_link for each statement execute function batch.refuse_chain_change();
create trigger log_head_guard before insert or update or delete or truncate on batch.log_head for each statement execute function batch.refuse_chain_change();
alter table batch.event_link enable always trigger event_link_guard;
alter table batch.log_head enable always trigger log_head_guard`;

/** An event as it is hashed. No part of it holds an end of line but its own, and each text is quoted or has its length before it: two different events are two different lines. */
const line = (shared: string): string =>
  `${shared} || ' ' || e.position || ' ' || e.version || ' ' || coalesce(e.user_id::text, '-') || ' ' || octet_length(e.type) || ':' || e.type || ' ' || e.data::text || chr(10)`;

const MICROSECONDS = '(extract(epoch from e.recorded_at) * 1000000)::bigint';
const SHARED = `jsonb_build_array(e.stream, e.run_month, e.run_id, e.actor, e.correlation_id, e.causation_id, ${MICROSECONDS})::text`;

/** Links what is there of each stream by one link. @param which of the events @param before the link that comes before, as text */
const link = (which: string, before: string): string => `
  insert into batch.event_link (run_month, stream, version_from, version_to, hash, xid)
    select e.run_month, e.stream, min(e.version), max(e.version),
      sha256(convert_to(${before} || chr(10) || string_agg(${line(SHARED)}, '' order by e.version), 'UTF8')), mine
    from batch.event e ${which} group by e.run_month, e.stream`;

// Of the streams that were appended to since: what no link covers yet.
const SINCE = `left join lateral (select k.hash, k.version_to from batch.event_link k where k.run_month = e.run_month and k.stream = e.stream order by k.version_to desc limit 1) l on true
    where (e.run_month, e.stream) in (select n.run_month, n.stream from batch.event n where n.xid >= horizon) and e.version > coalesce(l.version_to, 0)`;

// The log may be long, and is worked on meanwhile. So it is read first, and held only for what was appended since: nothing below the horizon of the beginning can come any more.
const LINK_WHAT_IS_THERE = `
do $$
declare
  mine xid8 := batch.log_xid(pg_current_xact_id());
  horizon xid8 := batch.log_horizon();
begin
  perform set_config('batch.appending', 'linked', true);
  ${link('', "''")};
  lock table batch.event in share row exclusive mode;
  ${link(SINCE, "coalesce(max(encode(l.hash, 'hex')), '')")};
  perform set_config('batch.appending', '', true);
end $$`;

// As before, and the link. What all events of an append have in common is written out once.
const APPEND = `
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
  before text;
begin
  perform batch.enter_era();
  mine := batch.log_xid(own);
  if in_expected = 0 then
    perform batch.ensure_partition(in_month); -- the first event of a month is also the first of its stream
  end if;
  select coalesce(max(e.version), 0) into current_version from batch.event e where e.run_month = in_month and e.stream = in_stream;
  if current_version <> in_expected then
    raise exception 'stream % is at version %, expected %', in_stream, current_version, in_expected using errcode = 'BE001';
  end if;
  shared := jsonb_build_array(in_stream, in_month, in_run, in_actor, in_correlation, in_causation, (extract(epoch from at) * 1000000)::bigint)::text;
  perform set_config('batch.appending', 'linked', true);
  with e as (
    insert into batch.event (xid, stream, version, type, run_id, run_month, user_id, data, actor, correlation_id, causation_id, recorded_at)
      select mine, in_stream, in_expected + t.n::int, t.type, in_run, in_month, t.user_id, t.data, in_actor, in_correlation, in_causation, at
      from unnest(in_types, in_users, in_data) with ordinality as t (type, user_id, data, n)
    returning position, version, user_id, type, data)
  select string_agg(${line('shared')}, '' order by e.version), count(*) into lines, added from e;
  if added > 0 then
    select encode(l.hash, 'hex') into before from batch.event_link l where l.run_month = in_month and l.stream = in_stream order by l.version_to desc limit 1;
    insert into batch.event_link (run_month, stream, version_from, version_to, hash, xid)
      values (in_month, in_stream, in_expected + 1, in_expected + added, sha256(convert_to(coalesce(before, '') || chr(10) || lines, 'UTF8')), mine);
  end if;
  perform set_config('batch.appending', '', true);
  return query select mine::text, lastval(), in_expected + added, at;
end $$`;

// An append that had begun before this migration, and waited for it, goes on in the old function, which leaves no link. It is to be made again, by the new one.
const DIRECT_INSERT = `
create or replace function batch.refuse_direct_insert() returns trigger language plpgsql as $$
begin
  case coalesce(current_setting('batch.appending', true), '')
    when 'linked' then return null;
    when 'on' then raise exception 'the way into batch.event was replaced by a migration meanwhile: call batch.append again' using errcode = 'serialization_failure';
    else raise exception 'batch.event takes events only through batch.append(…)' using errcode = 'restrict_violation';
  end case;
end $$`;

// The horizon first: whatever lies below it has ended, and is seen by the statements after. A head whose day lies ahead was written under a wrong clock, and keeps no other from being written.
const WRITE_HEAD = `
create function batch.write_head() returns setof batch.log_head language plpgsql as $$
declare
  ended date := (now() at time zone 'UTC')::date - 1;
  latest batch.log_head;
  horizon xid8;
begin
  perform pg_advisory_xact_lock(hashtext('batch.write_head'));
  select * into latest from batch.log_head h order by h.number desc limit 1;
  if latest.day = ended then return; end if;
  horizon := batch.log_horizon();
  perform set_config('batch.appending', 'linked', true);
  return query
    with covered as (
      select count(*) as links, coalesce(sum(l.version_to - l.version_from + 1), 0)::bigint as events,
        coalesce(string_agg(jsonb_build_array(l.run_month, l.stream, l.version_from, l.version_to, encode(l.hash, 'hex'))::text || chr(10), '' order by l.run_month, l.stream, l.version_to), '') as lines
      from batch.event_link l where l.xid < horizon and (latest.through is null or l.xid >= latest.through))
    insert into batch.log_head (number, day, links, events, hash, through)
      select coalesce(latest.number, 0) + 1, ended, c.links, c.events,
        sha256(convert_to(coalesce(encode(latest.hash, 'hex'), '') || chr(10) || jsonb_build_array(coalesce(latest.number, 0) + 1, ended, c.links, c.events)::text || chr(10) || c.lines, 'UTF8')), horizon
      from covered c
    returning *;
  perform set_config('batch.appending', '', true);
end $$;
comment on function batch.write_head() is 'Writes the head of the day that is over, unless that was done, and returns it then'`;
