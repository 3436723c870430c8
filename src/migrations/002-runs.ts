import { Migration } from '@mikro-orm/migrations';

/** Views folded from the log (`run_view`, `chunk_view`), and what lives beside it: chunk claims, idempotency keys, workers. */
export class RunsMigration extends Migration {
  override name = '002-runs';

  override up(): void {
    for (const statement of [VIEWS, WORK, OUTCOMES]) this.addSql(statement);
  }
}

const VIEWS = `
create table batch.run_view (
  run_id uuid primary key,
  run_month date not null,
  version int not null,
  status text not null,
  program text not null,
  record_date date not null,
  trigger text not null,
  actor text not null,
  reason text,
  schedule_id uuid,
  slot timestamptz,
  parent_run_id uuid,
  generator text not null,
  language text not null,
  dry_run boolean not null,
  on_existing text not null,
  user_ids int[],
  chunk_size int,
  roster int,
  chunk_count int,
  paused_reason text,
  failure_code text,
  cancel_requested_at timestamptz,
  requested_at timestamptz not null,
  planned_at timestamptz,
  started_at timestamptz,
  ended_at timestamptz
);
create index run_view_newest on batch.run_view (requested_at desc, run_id desc);
create index run_view_date on batch.run_view (record_date desc, run_id desc);
create index run_view_open on batch.run_view (run_id) where ended_at is null;
create index run_view_schedule on batch.run_view (schedule_id, slot desc) where schedule_id is not null;
create table batch.chunk_view (
  run_id uuid not null,
  chunk int not null,
  after_user_id int not null,
  through_user_id int not null,
  roster int not null,
  generated int not null default 0,
  skipped int not null default 0,
  failed int not null default 0,
  cancelled int not null default 0,
  reasons jsonb not null default '{}',
  completed_at timestamptz,
  primary key (run_id, chunk)
)`;

// The roster of a chunk is fixed here when the run is planned: an account opened or closed later changes no sum.
const WORK = `
create table batch.chunk_work (
  run_id uuid not null,
  chunk int not null,
  run_month date not null,
  user_ids int[] not null,
  fence int not null default 0,
  takeovers int not null default 0,
  owner uuid,
  lease_until timestamptz,
  claimed_at timestamptz,
  done boolean not null default false,
  primary key (run_id, chunk)
);
create index chunk_work_open on batch.chunk_work (run_id, chunk) where not done;
create table batch.idempotency_key (
  actor text not null,
  key text not null,
  fingerprint text not null,
  run_id uuid not null,
  created_at timestamptz not null default now(),
  primary key (actor, key)
);
create table batch.worker (
  worker_id uuid primary key,
  host text not null,
  pid int not null,
  roles text not null,
  lanes int not null,
  version text not null,
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  stopped_at timestamptz
)`;

const OUTCOMES = `
create view batch.outcome_view as
select e.run_id, e.run_month, e.user_id, e.stream, e.version, e.position,
  case e.type when 'InterventionGenerated' then 'GENERATED' when 'UserSkipped' then 'SKIPPED' when 'UserFailed' then 'FAILED' else 'CANCELLED' end as outcome,
  e.type, e.data, e.recorded_at
from batch.event e where e.user_id is not null;
comment on view batch.outcome_view is 'One row per user and run, straight from the log: a copy would double what a run writes'`;
