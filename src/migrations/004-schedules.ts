import { Migration } from '@mikro-orm/migrations';

/** The view of the schedules, folded from the streams `schedule-<id>`. */
export class SchedulesMigration extends Migration {
  override name = '004-schedules';

  override up(): void {
    this.addSql(VIEW);
  }
}

const VIEW = `
create table batch.schedule_view (
  schedule_id uuid primary key,
  version int not null,
  settings_version int not null,
  status text not null,
  name text not null,
  settings jsonb not null,
  paused_reason text,
  effective_since timestamptz not null,
  last_slot timestamptz,
  last_fired_slot timestamptz,
  last_run_id uuid,
  fired_slots int not null,
  skipped_slots jsonb not null,
  has_uncounted_skips boolean not null,
  created_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index schedule_view_active on batch.schedule_view (schedule_id) where status = 'ACTIVE'`;
