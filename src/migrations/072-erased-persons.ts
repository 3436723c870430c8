import { Migration } from '@mikro-orm/migrations';

/** For two days, who was erased and when, as a hash: reads that wait in another process are recorded without them. */
export class ErasedPersonsMigration extends Migration {
  override name = '072-erased-persons';

  override up(): void {
    this.addSql(ERASED);
  }
}

// Salted, so that two erasures of one person are two rows that have nothing in common. It leads to no event.
const ERASED = `
create table batch.erased_person (
  salt uuid primary key default gen_random_uuid(),
  mark bytea not null,
  at timestamptz not null default clock_timestamp()
);
comment on table batch.erased_person is 'Persons who were erased within two days, as hashes: what a process noted of them before and writes later is left out.';
create function batch.person_mark(in_salt uuid, in_user int) returns bytea language sql immutable as $$
  select sha256(uuid_send(in_salt) || int4send(in_user))
$$`;
