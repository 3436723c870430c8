import { Migration } from '@mikro-orm/migrations';

/**
 * Sessions of browsers. Of what opens one there is a hash alone; rows are kept after their end, because they say who signed in, when and how. A session
 * by a key names the key, and one of IBSafe's staff the account: what these may do is looked up anew each time.
 */
export class SessionsMigration extends Migration {
  override name = '044-sessions';

  override up(): void {
    this.addSql(SESSIONS);
    this.addSql('create index session_of_actor on batch.session (actor, signed_in_at desc, id desc)');
    this.addSql('create index session_by_time on batch.session (signed_in_at desc, id desc)');
  }
}

const SESSIONS = `
create table batch.session (
  id uuid primary key,
  secret_hash bytea not null unique check (length(secret_hash) = 32),
  actor text not null,
  way text not null check (way in ('KEY', 'TOKEN', 'IBSAFE', 'OIDC')),
  key_prefix text references batch.api_key (prefix),
  user_id integer,
  role text check (role in ('viewer', 'operator', 'admin')),
  signed_in_at timestamptz not null,
  seen_at timestamptz not null,
  idle_until timestamptz not null,
  ends_at timestamptz not null,
  ended_at timestamptz,
  ended_by text,
  check ((ended_at is null) = (ended_by is null)),
  check ((way = 'KEY') = (key_prefix is not null)),
  check ((way = 'IBSAFE') = (user_id is not null)),
  check ((way in ('TOKEN', 'OIDC')) = (role is not null))
)`;
