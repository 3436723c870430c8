import { Migration } from '@mikro-orm/migrations';

/** API keys: hashes only, and never deleted, so that an actor `key:<name>` of the log can always be traced. */
export class ApiKeysMigration extends Migration {
  override name = '006-api-keys';

  override up(): void {
    this.addSql(KEYS);
    // A name may be given again once its key is revoked.
    this.addSql('create unique index api_key_name on batch.api_key (name) where revoked_at is null');
  }
}

const KEYS = `
create table batch.api_key (
  id uuid primary key,
  prefix text not null unique,
  name text not null,
  role text not null check (role in ('viewer', 'operator', 'admin')),
  secret_hash bytea not null check (length(secret_hash) = 32),
  created_by text not null,
  created_at timestamptz not null default now(),
  revoked_by text,
  revoked_at timestamptz,
  last_used_at timestamptz,
  check ((revoked_at is null) = (revoked_by is null))
)`;
