import { Migration } from '@mikro-orm/migrations';

/**
 * How long a lease was given for, and whether a chunk was claimed to have its rest cancelled: so that neither is read from a comparison of two times, of
 * which one may come from a clock that was wrong.
 */
export class LeasesMigration extends Migration {
  override name = '021-leases';

  override up(): void {
    this.addSql('alter table batch.chunk_work add column lease_ms int, add column cancelling boolean not null default false');
  }
}
