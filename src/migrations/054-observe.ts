import { Migration } from '@mikro-orm/migrations';

/**
 * What was there at the ready-by time of each schedule's latest due run, and what the dead man's switch last did. Both are kept where every process finds
 * them: who is asked for metrics or readiness is seldom the process that looked.
 */
export class ObserveMigration extends Migration {
  override name = '054-observe';

  override up(): void {
    this.addSql(COVERAGE);
    this.addSql(SWITCH);
    this.addSql('insert into batch.dead_man_switch default values');
  }
}

const COVERAGE = `
create table batch.coverage (
  schedule_id uuid primary key,
  run_id uuid not null,
  ready_by timestamptz not null,
  planned boolean not null,
  ready int not null,
  eligible int not null
)`;

const SWITCH = `
create table batch.dead_man_switch (
  is_only boolean primary key default true check (is_only),
  next_at timestamptz not null default now(),
  checked_at timestamptz,
  pinged_at timestamptz,
  signs text[] not null default '{}',
  last_code text
)`;
