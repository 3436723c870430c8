import { Migration } from '@mikro-orm/migrations';

/** Why a run or a backfill goes without an active schedule, in an operator's words: as its events tell it. */
export class WithoutScheduleMigration extends Migration {
  override name = '023-without-schedule';

  override up(): void {
    this.addSql('alter table batch.run_view add column without_schedule text');
    this.addSql('alter table batch.backfill_view add column without_schedule text');
  }
}
