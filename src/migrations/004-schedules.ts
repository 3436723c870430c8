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
  name text not null,
  frequency text not null,
  hour int not null,
  minute int not null,
  day_of_week int not null,
  day_of_month int not null,
  cron text,
  time_zone text not null,
  active boolean not null,
  program text not null,
  generator text,
  catch_up_policy text not null,
  catch_up_window_hours int not null,
  overlap text not null,
  paused_reason text,
  created_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  slots_from timestamptz not null,
  deleted_at timestamptz
);
create index schedule_view_active on batch.schedule_view (schedule_id) where active and deleted_at is null`;
