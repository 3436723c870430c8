import { Migration } from '@mikro-orm/migrations';

/**
 * The log outlives the cluster it was written in. A dump that is restored elsewhere brings the transaction ids of its events along, and the new cluster
 * counts from the beginning: what was written before would count as still open, and come after what is written next.
 *
 * So the ids in the log are the cluster's own within an era: the era is in the bits above the fortieth, where no cluster counts to. A new era begins where
 * the log finds itself in another cluster, or on another time line of it. All that is there is settled and comes first, and no event is rewritten.
 */
export class LogErasMigration extends Migration {
  override name = '020-log-eras';

  override up(): void {
    for (const statement of [ERAS, CLUSTER, ERA, IDS, ENTER, APPEND, FIRST_ERA]) this.addSql(statement);
  }
}

const ERAS = `
create table batch.log_era (
  era int primary key check (era between 0 and 8388607),
  cluster text not null,
  settled_xid xid8,
  settled_position bigint,
  began_at timestamptz not null default now()
);
comment on table batch.log_era is 'The clusters that the log was written in, in their order. The settled event is the last one of the eras before: up to it nothing can come any more.'`;

// The time line too: a standby that was promoted may lack the last transactions of its primary, and hands out their ids again. A standby itself only
// reads, and stays in the era that it is sent. Everybody may call these functions, unless an administrator took that away.
const CLUSTER = `
create function batch.this_cluster() returns text language sql stable as $$
  select case when pg_is_in_recovery() then (select e.cluster from batch.log_era e order by e.era desc limit 1)
    else (select c.system_identifier::text from pg_control_system() c) || '/' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8) end
$$`;

// Before anything was written in a new cluster its era is in no table yet; readers count it all the same.
const ERA = `
create function batch.current_era() returns bigint language sql stable as $$
  select e.era + case when e.cluster = batch.this_cluster() then 0 else 1 end::bigint from batch.log_era e order by e.era desc limit 1
$$`;

const IDS = `
create function batch.log_xid(own xid8) returns xid8 language sql stable as $$
  select ((batch.current_era() << 40) + own::text::bigint)::text::xid8
$$;
create function batch.log_horizon() returns xid8 language sql stable as $$
  select batch.log_xid(pg_snapshot_xmin(pg_current_snapshot()))
$$;
comment on function batch.log_horizon() is 'Readers of the log see every event below it, in the order (xid, position): none can come before them any more.'`;

const ENTER = `
create function batch.enter_era() returns int language plpgsql as $$
declare
  mine text := batch.this_cluster();
  latest batch.log_era;
begin
  select * into latest from batch.log_era order by era desc limit 1;
  if latest.cluster = mine then return latest.era; end if;
  perform pg_advisory_xact_lock(hashtext('batch.enter_era'));
  select * into latest from batch.log_era order by era desc limit 1; -- somebody may have entered it meanwhile
  if latest.cluster = mine then return latest.era; end if;
  insert into batch.log_era (era, cluster, settled_xid, settled_position)
    select latest.era + 1, mine, e.xid, e.position
    from (select) one left join (select xid, position from batch.event order by xid desc, position desc limit 1) e on true;
  return latest.era + 1;
end $$`;

// As before, but for the id: the era is entered before anything is written in it.
const APPEND = `
create or replace function batch.append(
  in_stream text, in_expected int, in_month date, in_run uuid, in_actor text, in_correlation uuid, in_causation uuid,
  in_types text[], in_users int[], in_data jsonb[]
) returns table (xid text, last_position bigint, last_version int, recorded_at timestamptz) language plpgsql as $$
declare
  own xid8 := pg_current_xact_id(); -- before any identity is handed out: followers order by it
  mine xid8;
  current_version int;
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
  perform set_config('batch.appending', 'on', true);
  insert into batch.event (xid, stream, version, type, run_id, run_month, user_id, data, actor, correlation_id, causation_id)
    select mine, in_stream, in_expected + t.n::int, t.type, in_run, in_month, t.user_id, t.data, in_actor, in_correlation, in_causation
    from unnest(in_types, in_users, in_data) with ordinality as t (type, user_id, data, n);
  perform set_config('batch.appending', '', true);
  return query select mine::text, lastval(), in_expected + coalesce(cardinality(in_types), 0), now();
end $$`;

// A log that holds an id which this cluster has not handed out yet was restored here already.
const FIRST_ERA = `
insert into batch.log_era (era, cluster) select 0, case when latest.xid >= pg_snapshot_xmax(pg_current_snapshot()) then 'an earlier one' else batch.this_cluster() end
  from (select) one left join (select xid from batch.event order by xid desc limit 1) latest on true`;
