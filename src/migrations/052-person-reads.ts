import { Migration } from '@mikro-orm/migrations';

/**
 * Who read what of whom. A person stands in one column of one table, so that a person can be taken out without a trace; what was read, by whom and when stands
 * beside it, once for all persons of an answer. Ids are UUIDs of version 7, made where the read was: a batch that is sent twice is recorded once, and reads lie by time.
 */
export class PersonReadsMigration extends Migration {
  override name = '052-person-reads';

  override up(): void {
    for (const statement of [READ, USER, GAP]) this.addSql(statement);
    this.addSql('create index person_read_caller on batch.person_read (caller, id)');
    this.addSql('create index person_read_at on batch.person_read (at)');
    this.addSql('create index person_read_run on batch.person_read (id) where run_id is not null');
    this.addSql('create index person_read_user_read on batch.person_read_user (read_id)');
  }
}

const READ = `
create table batch.person_read (
  id uuid primary key,
  at timestamptz not null,
  caller text not null,
  via text not null,
  what text not null,
  fields text[] not null,
  users int not null,
  run_id uuid,
  run_month date,
  check ((run_id is null) = (run_month is null))
)`;

const USER = `
create table batch.person_read_user (
  user_id int not null,
  read_id uuid not null references batch.person_read on delete cascade,
  primary key (user_id, read_id)
)`;

const GAP = `
create table batch.person_read_gap (
  id uuid primary key,
  since timestamptz not null,
  until timestamptz not null,
  reads int not null
)`;
