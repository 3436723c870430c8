import { Migration } from '@mikro-orm/migrations';

/**
 * On how many record dates what a patient ate was low in FODMAPs: by it a text speaks of reintroduction. Kept by the write of outcomes, folded anew from their `lowDay` by `rebuild`. The dates
 * are kept and not only their number, so that a day that is advised on twice counts once; days in a row take no more room than one.
 */
export class LowDaysMigration extends Migration {
  override name = '024-low-days';

  override up(): void {
    this.addSql(`create table batch.low_fodmap_days (
      user_id int primary key,
      days datemultirange not null,
      total int not null check (total >= 0)
    ) with (fillfactor = 80)`);
  }
}
