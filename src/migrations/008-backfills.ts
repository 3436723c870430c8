import { Migration } from '@mikro-orm/migrations';

/** The views of backfills and of their dates, folded from the streams `backfill-<id>`. */
export class BackfillsMigration extends Migration {
  override name = '008-backfills';

  override up(): void {
    this.addSql(VIEWS);
  }
}

// `place` is a date's turn, from 0.
const VIEWS = `
create table batch.backfill_view (
  backfill_id uuid primary key,
  version int not null,
  status text not null,
  program text not null,
  from_date date not null,
  to_date date not null,
  generator text not null,
  on_existing text not null,
  run_order text not null,
  max_active_runs int not null,
  reason text,
  actor text not null,
  cancelled_by text,
  cancel_reason text,
  requested_at timestamptz not null,
  ended_at timestamptz
);
create index backfill_view_newest on batch.backfill_view (requested_at desc, backfill_id desc);
create index backfill_view_open on batch.backfill_view (backfill_id) where ended_at is null;
create table batch.backfill_date_view (
  backfill_id uuid not null,
  record_date date not null,
  place int not null,
  status text not null,
  run_id uuid,
  code text,
  primary key (backfill_id, record_date)
)`;
