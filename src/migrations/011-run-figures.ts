import { Migration } from '@mikro-orm/migrations';

/** What a run was expected to come to, and whether it only compares: both as its events tell it. */
export class RunFiguresMigration extends Migration {
  override name = '011-run-figures';

  override up(): void {
    this.addSql('alter table batch.run_view add column shadow boolean not null default false, add column forecast jsonb');
  }
}
