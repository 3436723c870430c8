import { Migration } from '@mikro-orm/migrations';

/**
 * Who is told of what, and whether it was sent. The follower begins at the end of the log: what happened before this release is no news. The unique key
 * has one alert of a kind and subject open at a time, from any process.
 */
export class AlertsMigration extends Migration {
  override name = '046-alerts';

  override up(): void {
    for (const statement of [ALERT, DELIVERY, SILENCE, LOOK, FOLLOWER, BEGIN]) this.addSql(statement);
    this.addSql(`create unique index alert_open on batch.alert (kind, subject) where state = 'OPEN'`);
    this.addSql('create index alert_newest on batch.alert (first_at desc, id desc)');
    this.addSql(`create index alert_delivery_due on batch.alert_delivery (next_at) where state = 'WAITING'`);
    this.addSql('create index alert_silence_until on batch.alert_silence (until) where ended_at is null');
    this.addSql('create index alert_look_due on batch.alert_look (ready_by)');
  }
}

const ALERT = `
create table batch.alert (
  id uuid primary key,
  kind text not null,
  subject text not null,
  state text not null default 'OPEN' check (state in ('OPEN', 'RESOLVED')),
  program text,
  record_date date,
  facts jsonb not null,
  count int not null default 1,
  first_at timestamptz not null,
  last_at timestamptz not null,
  over_at timestamptz,
  resolved_at timestamptz,
  check ((state = 'RESOLVED') = (resolved_at is not null))
)`;

const DELIVERY = `
create table batch.alert_delivery (
  id uuid primary key,
  alert_id uuid not null references batch.alert on delete cascade,
  channel text not null,
  message text not null check (message in ('RAISED', 'RESOLVED')),
  state text not null default 'WAITING' check (state in ('WAITING', 'SENT', 'GIVEN_UP', 'SILENCED')),
  attempts int not null default 0,
  next_at timestamptz not null default now(),
  last_code text,
  made_at timestamptz not null default now(),
  ended_at timestamptz,
  unique (alert_id, channel, message)
)`;

const SILENCE = `
create table batch.alert_silence (
  id uuid primary key,
  kind text not null,
  subject text,
  until timestamptz not null,
  reason text not null,
  made_by text not null,
  made_at timestamptz not null default now(),
  ended_at timestamptz,
  ended_by text,
  check ((ended_at is null) = (ended_by is null))
)`;

const LOOK = 'create table batch.alert_look (run_id uuid primary key, ready_by timestamptz not null)';

const FOLLOWER = `create table batch.alert_follower (is_only boolean primary key default true check (is_only), xid xid8 not null, position bigint not null)`;

const BEGIN = `
insert into batch.alert_follower (xid, position)
  select coalesce(e.xid, '0'::xid8), coalesce(e.position, 0) from (select) one left join lateral (
    select xid, position from batch.event where xid < (select batch.log_horizon()) order by batch.event.xid desc, batch.event.position desc limit 1) e on true`;
