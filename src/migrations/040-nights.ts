import { Migration } from '@mikro-orm/migrations';
import { FILL_NIGHTS } from './040-fill-nights.js';

/** What each night came to, a row for a program and a record date, and by when a run's advice is to be there. */
export class NightsMigration extends Migration {
  override name = '040-nights';

  override up(): void {
    this.addSql('alter table batch.run_view add column ready_by timestamptz');
    this.addSql(VIEW);
    this.addSql(FILL_NIGHTS);
  }
}

const VIEW = `
create table batch.night_view (
  record_date date not null,
  program text collate "C" not null,
  runs int not null,
  generated int not null,
  existed int not null,
  skipped int not null,
  failed int not null,
  cancelled int not null,
  reasons jsonb not null,
  tokens_in bigint not null,
  tokens_out bigint not null,
  cost_micros bigint not null,
  users_estimated int not null,
  fallbacks jsonb not null,
  ready_by timestamptz,
  ready int,
  primary key (record_date, program)
)`;
