import { Migration } from '@mikro-orm/migrations';

/** A calendar reads the ledger of all schedules by time; ranges, which are few, by where they end. */
export class SlotTimesMigration extends Migration {
  override name = '041-slot-times';

  override up(): void {
    this.addSql('create index slot_time on batch.slot (slot, schedule_id)');
    this.addSql('create index slot_range on batch.slot (through) where through is not null');
  }
}
