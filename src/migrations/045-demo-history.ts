import { Migration } from '@mikro-orm/migrations';

/**
 * The nights of a demo: the one case in which the time of an event comes from the caller. A transaction may tell it that has found the database marked as a demo,
 * no account that the demo did not make, and a log without a single event; no other transaction appends until it has ended. Its times never go back and never reach
 * beyond its beginning, so that the order of the log is the order of time. Every other transaction has the database's own time, and cannot ask for another.
 */
export class DemoHistoryMigration extends Migration {
  override name = '045-demo-history';

  override up(): void {
    for (const statement of [HISTORY, BEGIN, TIME, APPEND]) this.addSql(statement);
  }
}

const HISTORY = `
create table batch.demo_history (
  is_only boolean primary key default true check (is_only),
  seed bigint not null,
  nights int not null,
  until date not null,
  teller xid8,
  told_until timestamptz not null default '-infinity',
  made_at timestamptz not null default now()
);
comment on table batch.demo_history is 'The invented nights that the log of a demo begins with. The teller is the transaction that makes them, and nobody once it has ended.'`;

// The beginning of the mark is that of src/demo/demo-mark.ts, and the name of an account that of src/demo/demo-account.ts: a test compares.
const BEGIN = `
create function batch.is_demo() returns boolean language sql stable as $$
  select coalesce(obj_description(to_regclass('public.auth_user'), 'pg_class') like 'IBSafe Batch demo patients %', false)
$$;
create function batch.begin_demo_history(in_seed bigint, in_nights int, in_until date) returns void language plpgsql as $$
begin
  if not batch.is_demo() then
    raise exception 'nights are invented only in a database that is marked as a demo' using errcode = 'BE002';
  end if;
  if exists (select from public.auth_user where username !~ '^demo-[0-9]{6,}$') then
    raise exception 'the database holds accounts that the demo did not make' using errcode = 'BE003';
  end if;
  lock table batch.event in share row exclusive mode; -- readers go on; appends wait
  if exists (select from batch.event) then
    raise exception 'the log holds events already, and invented nights cannot come before them' using errcode = 'BE004';
  end if;
  insert into batch.demo_history (seed, nights, until, teller) values (in_seed, in_nights, in_until, pg_current_xact_id());
end $$;
create function batch.end_demo_history() returns void language sql as $$
  update batch.demo_history set teller = null where teller = pg_current_xact_id()
$$`;

const TIME = `
create function batch.event_time() returns timestamptz language plpgsql as $$
declare
  told timestamptz := nullif(current_setting('batch.event_time', true), '')::timestamptz;
begin
  if told is null then return now(); end if;
  if not batch.is_demo() then
    raise exception 'the time of an event is the database''s own: this database is not marked as a demo' using errcode = 'BE002';
  end if;
  update batch.demo_history set told_until = told where teller = pg_current_xact_id() and told between told_until and now();
  if not found then
    raise exception 'the time of an event is the database''s own: % was not told by the history of a demo, in its order', told using errcode = 'BE005';
  end if;
  return told;
end $$;
comment on function batch.event_time() is 'The time of what is appended now: the transaction''s, but for the invented nights of a demo'`;

// As before, but for the time.
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
  insert into batch.event (xid, stream, version, type, run_id, run_month, user_id, data, actor, correlation_id, causation_id, recorded_at)
    select mine, in_stream, in_expected + t.n::int, t.type, in_run, in_month, t.user_id, t.data, in_actor, in_correlation, in_causation, at
    from unnest(in_types, in_users, in_data) with ordinality as t (type, user_id, data, n);
  perform set_config('batch.appending', '', true);
  return query select mine::text, lastval(), in_expected + coalesce(cardinality(in_types), 0), at;
end $$`;
